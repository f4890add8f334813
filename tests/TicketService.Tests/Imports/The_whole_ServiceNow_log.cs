using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Imports;

/// <summary>141,712 audit-log rows of 24,918 incidents; figures from the data's own description.</summary>
public sealed class The_whole_ServiceNow_log(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task Comes_in_as_it_is_known_to_be_and_only_once()
    {
        var file = await File.ReadAllBytesAsync(TestData.ServiceNowLog);
        AssertCounts(await app.ImportAsync(file, TestData.ServiceNowMapping), 24_918, 67_780, 49_014);
        await AssertTruthAsync();

        var events = await CountAsync("select count(*) from mt_events");
        AssertCounts(await app.ImportAsync(file, TestData.ServiceNowMapping), 0, 0, 141_712);
        Assert.Equal(events, await CountAsync("select count(*) from mt_events"));
        // Remembered with its source: the mapping need not be given again.
        AssertCounts(await app.ImportAsync(file, null), 0, 0, 141_712);
    }

    private static void AssertCounts(JsonNode import, int created, int changed, int unchanged)
    {
        Assert.Equal("Completed", (string)import["status"]!);
        Assert.Equal(
            (141_712, created, changed, unchanged, 0, 0, 100),
            ((int)import["rows"]!, (int)import["created"]!, (int)import["changed"]!, (int)import["unchanged"]!,
                (int)import["refused"]!, (int)import["merged"]!, (int)import["percent"]!));
        Assert.Equal(("UTF-8", ","), ((string)import["encoding"]!, (string)import["delimiter"]!));
    }

    private async Task AssertTruthAsync()
    {
        Assert.Equal(24_918, await CountAsync("select count(*) from mt_events where type = 'ticket_imported'"));
        Assert.Equal(331, await CountAsync("select count(*) from mt_events where type = 'rejection_recorded'"));
        Assert.Equal(275, await CountAsync(
            "select count(distinct stream_id) from mt_events where type = 'rejection_recorded'"));
        Assert.Equal(64_033, await CountAsync("select count(*) from mt_events where type = 'ticket_status_changed'"));
        Assert.Equal(11_355, await CountAsync("select count(*) from mt_events where type = 'ticket_assigned'"));
        Assert.Equal(1_374, await CountAsync("select count(*) from mt_events where type = 'ticket_reclassified'"));
        // The log's status lists stand before its tickets.
        Assert.Equal(1, await CountAsync("""
            select count(*) from mt_events s where s.type = 'source_statuses_defined'
            and s.seq_id < (select min(seq_id) from mt_events where type = 'ticket_imported')
            """));
        // Whoever had it when it was sent back is not always who has it now.
        Assert.Equal(124, await CountAsync("""
            select count(distinct e.stream_id) from mt_events e join ticket_list t on t.ticket_id = e.stream_id
            where e.type = 'rejection_recorded' and (e.data->>'AgentId')::uuid is distinct from t.agent_id
            """));
        Assert.Equal(
            await CountAsync("select count(*) from assignee"),
            await CountAsync("select count(*) from mt_events where type = 'assignee_discovered'"));
        Assert.Equal(0, await CountAsync("select count(*) from import_row") + await CountAsync(
            "select count(*) from import_chunk"));
    }

    private Task<long> CountAsync(string sql) => app.Database.ScalarAsync<long>(sql);
}
