using System.Text.Json.Nodes;
using Npgsql;

namespace Performance.Tickets.Imports;

/// <summary>
/// The same view exported twice, a week apart, with what clickup.md knows of such files: byte order mark and line ends,
/// spaces and emoji in headers, a name that comes twice, brackets, <c>null</c>, repeated ids, another order of columns.
/// </summary>
public sealed class A_weekly_ClickUp_export(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task Yields_only_the_changes_and_the_same_file_again_none()
    {
        var first = await app.ImportAsync(ClickUpFiles.FirstWeek, null);
        AssertCounts(first, created: 11, changed: 0, unchanged: 0, merged: 1);
        Assert.Equal(
            [
                "k01 Closed, rejected: Missing signature, Wrong fee, rej-late", "k02 On-Hold", "k03 Open",
                "k04 In Progress, rejected: Missing signature, Torn page, Wrong fee", "k05 In Progress", "k06 Open",
                "k07 Open, rejected: Wrong fee", "k08 Open", "k09 In Progress, rejected: Wrong fee", "k10 In Progress",
                "k12 Open"
            ],
            await TicketsAsync());

        var before = await LastAsync();
        var second = await app.ImportAsync(ClickUpFiles.SecondWeek, null);
        AssertCounts(second, created: 1, changed: 5, unchanged: 5, merged: 2);
        Assert.Equal(
            [
                "k03 rejection_recorded No stamp 2025-06-12T01:00",
                "k03 ticket_status_changed Open > Closed 2025-06-12T01:00",
                "k04 rejection_label_removed Wrong fee 2025-06-11T01:00",
                "k04 rejection_recorded REJ photo 2025-06-11T01:00",
                "k05 ticket_status_changed In Progress > State Rej/Hold 2025-06-10T01:00",
                "k05 ticket_assigned Bob Roy 2025-06-10T01:00",
                "k06 rejection_recorded Blurred 2025-06-10T01:00",
                "k06 ticket_reclassified Title transfer, TX 2025-06-10T01:00",
                "k06 ticket_renamed New name 2025-06-10T01:00",
                "k11 ticket_imported state rej/hold Ann Lee 2025-06-02T01:00",
                "k11 rejection_recorded No stamp 2025-06-12T01:00",
                "k12 ticket_status_changed Open > Complete 2025-06-10T00:00"
            ],
            await EventsAsync(before));

        var (last, after) = (await LastAsync(), await TicketsAsync());
        var third = await app.ImportAsync(ClickUpFiles.SecondWeek, null);
        AssertCounts(third, created: 0, changed: 0, unchanged: 11, merged: 2);
        Assert.Equal([], await EventsAsync(last));
        Assert.Equal(after, await TicketsAsync());
    }

    private static void AssertCounts(JsonNode import, int created, int changed, int unchanged, int merged)
    {
        Assert.Equal("Completed", (string)import["status"]!);
        Assert.Equal(
            (created, changed, unchanged, 0, merged),
            ((int)import["created"]!, (int)import["changed"]!, (int)import["unchanged"]!, (int)import["refused"]!,
                (int)import["merged"]!));
    }

    private Task<List<string>> TicketsAsync() => LinesAsync("""
        select t.external_id || ' ' || t.status || coalesce(', rejected: ' || string_agg(r.label, ', ' order by r.label
            collate "C"), '')
        from ticket_list t left join ticket_rejection r on r.ticket_id = t.ticket_id
        where t.source = 'clickup' group by t.external_id, t.status order by t.external_id
        """);

    private Task<long> LastAsync() => app.Database.ScalarAsync<long>("select max(seq_id) from mt_events");

    private Task<List<string>> EventsAsync(long after) => LinesAsync("""
        select concat_ws(' ', t.external_id, e.type, e.data ->> 'Label',
            e.data ->> 'From' || ' > ' || (e.data ->> 'To'), e.data ->> 'Status',
            (select a.name from assignee a where a.agent_id::text = e.data ->> 'AgentId'
                and e.type in ('ticket_imported', 'ticket_assigned')),
            case when e.type = 'ticket_reclassified' then e.data ->> 'Type' || ', ' || (e.data ->> 'State') end,
            case when e.type = 'ticket_renamed' then e.data ->> 'Title' end, substr(e.data ->> 'OccurredAt', 1, 16))
        from mt_events e join ticket_list t on t.ticket_id = e.stream_id
        where t.source = 'clickup' and e.seq_id > $1 order by t.external_id, e.version
        """, after);

    private async Task<List<string>> LinesAsync(string sql, params object[] parameters)
    {
        await using var command = app.Database.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
