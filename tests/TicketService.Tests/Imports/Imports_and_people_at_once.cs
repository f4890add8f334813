using System.Text;
using Performance.Testing;

namespace Performance.Tickets.Imports;

/// <summary>Two replicas, and people who work on tickets while files come in.</summary>
public sealed class Imports_and_people_at_once(TicketApp app) : IClassFixture<TicketApp>
{
    private const int Tickets = 3_000;

    private const string Mapping = """
        {"profile":"event-log","source":"busy","ticketId":"id","status":"status","at":"at","assignee":"who"}
        """;

    [Fact]
    public async Task Do_not_lose_each_other_s_work()
    {
        await ImportedAsync(await StartAsync(app.Client, 1));
        await using var replica = app.Host();
        using var other = replica.CreateClient();
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await app.IdAsync("busy", $"B{i * 250}"));
        }

        // Files that only grow, uploaded at both replicas, while rejections are recorded.
        var imports = new List<Guid>();
        var rejections = Task.WhenAll(ids.Select(async id =>
        {
            for (var n = 0; n < 10; n++)
            {
                await app.PostAsync($"tickets/{id}/rejections", new { label = $"Label {n}" });
            }
        }));
        for (var rows = 2; rows <= 5; rows++)
        {
            imports.Add(await StartAsync(rows % 2 == 0 ? other : app.Client, rows));
        }

        await rejections;
        foreach (var import in imports)
        {
            await ImportedAsync(import);
        }

        Assert.Equal(120, await CountAsync("rejection_recorded"));
        Assert.Equal(Tickets, await CountAsync("ticket_imported"));
        Assert.Equal(4 * Tickets, await CountAsync("ticket_status_changed"));
        Assert.Equal(Tickets, await app.Database.ScalarAsync<long>("""
            select count(*) from ticket_list t where source = 'busy' and status = 'S5'
            and version = (select version from mt_streams s where s.id = t.ticket_id)
            """));
    }

    private static async Task<Guid> StartAsync(HttpClient client, int rows)
    {
        var csv = new StringBuilder("id,status,at,who\n");
        for (var row = 1; row <= rows; row++)
        {
            for (var i = 0; i < Tickets; i++)
            {
                csv.Append($"B{i},S{row},2026-01-{row:00}T10:00:00Z,Agent {i % 5}\n");
            }
        }

        return (Guid)(await client.CallAsync(
            HttpMethod.Post, "/api/tickets/imports",
            TicketApp.Form(Encoding.UTF8.GetBytes(csv.ToString()), Mapping), TestTokens.Shared.Admin())
            .JsonAsync())["importId"]!;
    }

    private async Task ImportedAsync(Guid import)
    {
        var done = await app.ImportedAsync(import);
        Assert.Equal("Completed", (string)done["status"]!);
    }

    private Task<long> CountAsync(string type) => app.Database.ScalarAsync<long>(
        "select count(*) from mt_events where type = $1", type);
}
