using System.Text.Json.Nodes;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;

namespace Performance.SystemTests;

/// <summary>Both owners' parts, through the feed between them and the gateway.</summary>
[Collection("3 Backup")]
public sealed class A_backup_is_of_the_whole_system
{
    [Fact]
    public async Task What_was_recorded_is_in_it_and_importing_it_changes_nothing()
    {
        var people = await People.AllAsync();
        var ticket = await People.TicketAsync();
        await people.Admin.PostAsync($"/api/tickets/{ticket}/rejections", new { label = "Backed up" });
        await people.Admin.PostAsync($"/api/tickets/{ticket}/excuse", new { reason = "Backed up" });
        await people.ByRole[Roles.Agent].PutAsync(
            $"/api/worklog/{people.Agent}/2025-02-05", new { notes = "Backed up", entries = Array.Empty<object>() });
        await people.Admin.PostAsync("/api/coaching/sessions", new
        {
            agentId = people.Agent, date = "2025-02-06", notes = "Backed up"
        });

        var document = await Eventually.ValueAsync(
            () => people.Admin.GetAsync("/api/coaching/backup"),
            backup => Has(backup, "overrides") && Has(backup, "productivity") && Has(backup, "coachingLogs"));
        foreach (var owner in new[] { "/api/coaching/backup", "/api/tickets/backup" })
        {
            var answer = await people.Admin.PostAsync(owner, document);
            foreach (var section in answer["sections"]!.AsArray())
            {
                Assert.True(
                    section!["inDocument"]!.ToString() == section["unchanged"]!.ToString(), section.ToJsonString());
            }
        }
    }

    private static bool Has(JsonNode backup, string section) =>
        backup[section]!.ToJsonString().Contains("Backed up", StringComparison.Ordinal);
}
