using System.Text;
using System.Text.Json.Nodes;

namespace Performance.Tickets.Imports;

public sealed class ClickUp_exports_come_in(TicketApp app) : IClassFixture<TicketApp>
{
    private const string Header = "Task ID,Task Name,Status,Assignee,Date Created,Date Updated,Date Closed,"
        + "Transaction Type (drop down),Reject Reason (labels)\n";

    [Fact]
    public async Task A_view_export_with_its_rejections()
    {
        AssertCounts(await app.ImportAsync(ClickUpFiles.View, null), 2, 0, 0, 0, 0);
        var closed = await TicketAsync("v1");
        Assert.Equal(("Closed", "Renewal", "CA"), Facts(closed));
        Assert.Equal(
            ["Missing signature", "Wrong fee", "rej-late"],
            closed["rejections"]!.AsArray().Select(r => (string)r!["label"]!));
        // Never later than the end of the work, though it was updated after it.
        Assert.All(closed["rejections"]!.AsArray(), r => Assert.Equal(
            DateTimeOffset.Parse("2025-06-09T01:00:00Z"), r!["occurredAt"]!.GetValue<DateTimeOffset>()));
        // Created in a rejection status: that is a rejection, without a label.
        var held = await TicketAsync("v2");
        Assert.Null(Assert.Single(held["rejections"]!.AsArray())!["label"]);
        Assert.Null(held["agentId"]);
        AssertCounts(await app.ImportAsync(ClickUpFiles.View, null), 0, 0, 2, 0, 0);
    }

    [Fact]
    public async Task A_workspace_export()
    {
        var import = await app.ImportAsync(ClickUpFiles.Workspace, """{"profile":"clickup","source":"workspace"}""");
        AssertCounts(import, 3, 0, 0, 0, 0);
        var second = await TicketAsync("w2", "workspace");
        Assert.Equal("rejected", (string)second["rejections"]![0]!["label"]!);
        Assert.Equal(
            DateTimeOffset.Parse("2025-09-24T01:02:03Z"), second["createdAt"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_later_export_with_only_its_changes()
    {
        const string mapping = """{"profile":"clickup","source":"later"}""";
        AssertCounts(await app.ImportAsync(Header
            + "a,A,Open,[Ann],\"6/1/2025, 9:00:00 AM GMT\",\"6/2/2025, 9:00:00 AM GMT\",,Renewal,\"[Wrong fee]\"\n"
            + "b,B,Open,[],\"6/1/2025, 9:00:00 AM GMT\",\"6/2/2025, 9:00:00 AM GMT\",,Renewal,[]\n", mapping),
            2, 0, 0, 0, 0);
        AssertCounts(await app.ImportAsync(Header
            + "a,A,Closed,[Ann],\"6/1/2025, 9:00:00 AM GMT\",\"6/9/2025, 9:00:00 AM GMT\",\"6/8/2025, 9:00:00 AM GMT\","
            + "Transfer,[No stamp]\n"
            + "b,B,Open,[],\"6/1/2025, 9:00:00 AM GMT\",\"6/2/2025, 9:00:00 AM GMT\",,Renewal,[]\n", mapping),
            0, 1, 1, 0, 0);
        var id = await app.IdAsync("later", "a");
        var history = (await app.GetAsync($"tickets/{id}/history"))["items"]!.AsArray();
        Assert.Equal(
            [
                "ticket_imported", "rejection_recorded", "rejection_label_removed", "rejection_recorded",
                "ticket_status_changed", "ticket_reclassified"
            ],
            history.Select(i => (string)i!["type"]!));
        Assert.Equal([1, 1, 2, 2, 2, 2], history.Select(i => (int)i!["step"]!));
        Assert.Equal("No stamp", (string)Assert.Single(
            (await app.GetAsync($"tickets/{id}"))["rejections"]!.AsArray())!["label"]!);
    }

    [Fact]
    public async Task A_confirmed_mapping_is_remembered_and_a_suggested_one_suggested_again()
    {
        const string log = "number,state,when\nx1,Open,2026-01-01T00:00:00Z\n";
        await app.ImportAsync(log, """
            {"profile":"event-log","source":"remembered","ticketId":"number","status":"state","at":"when"}
            """);
        var again = await app.ImportAsync(log, null);
        Assert.Equal(("remembered", 1), ((string)again["source"]!, (int)again["unchanged"]!));

        const string export = "Task ID,Task Name,Status,First Reject (labels){0}\nz{1},Z,Open,[A]{2}\n";
        await app.ImportAsync(string.Format(export, "", 1, ""), null);
        await app.ImportAsync(string.Format(export, ",Second Defect (labels)", 2, ",[B]"), null);
        Assert.Equal(["A", "B"], (await TicketAsync("z2"))["rejections"]!.AsArray().Select(r => (string)r!["label"]!));
    }

    [Fact]
    public async Task Repeated_ids_are_merged_and_bad_rows_refused()
    {
        var import = await app.ImportAsync(
            Encoding.Latin1.GetBytes((Header
                + "d,Dé,Open,[Ann],\"6/1/2025, 9:00:00 AM GMT\",\"6/5/2025, 9:00:00 AM GMT\",,,\n"
                + "d,D,Closed,[Ann],\"6/1/2025, 9:00:00 AM GMT\",\"6/2/2025, 9:00:00 AM GMT\",,,\n"
                + ",No id,Open,,,,,,\n"
                + "e,E,Open,,someday,,,,\n"
                + "f,=1+1,Open,,=HYPERLINK(1),,,,\n").Replace(',', ';').Replace("; 9", ", 9")),
            """{"profile":"clickup","source":"merged"}""");
        AssertCounts(import, 1, 0, 0, 3, 1);
        Assert.Equal(("Windows-1252", ";"), ((string)import["encoding"]!, (string)import["delimiter"]!));
        var merged = await TicketAsync("d", "merged");
        Assert.Equal(("Open", "Dé"), ((string)merged["status"]!, (string)merged["title"]!));
        var refused = await (await app.CallAsync(
            "GET", $"tickets/imports/{import["importId"]}/refused", null, app.Admin)).Content.ReadAsStringAsync();
        Assert.Equal(
            """
            line,column,reason,value
            4,Task ID,is empty,
            5,Date Created,is no date of the expected form,someday
            6,Date Created,is no date of the expected form,'=HYPERLINK(1)

            """.ReplaceLineEndings("\r\n"), refused);
    }

    [Fact]
    public async Task Merged_agents_are_one()
    {
        const string mapping = """{"profile":"clickup","source":"people"}""";
        var row = "p,P,{0},[Annie],\"6/1/2025, 9:00:00 AM GMT\",\"6/{1}/2025, 9:00:00 AM GMT\",,,\n";
        await app.ImportAsync(Header + string.Format(row, "Open", 2), mapping);
        var annie = await app.Database.ScalarAsync<Guid>("select agent_id from assignee where name = 'Annie'");
        await app.Database.ExecuteAsync("""
            insert into agent_directory (agent_id, name, merged_into, active) values ($1, 'Annie', $2, false)
            """, annie, app.Ann);
        await Performance.Testing.Eventually.Async(
            async () => (Guid?)(await TicketAsync("p", "people"))["agentId"] == app.Ann);
        AssertCounts(await app.ImportAsync(Header + string.Format(row, "Closed", 3), mapping), 0, 1, 0, 0, 0);
        AssertCounts(await app.ImportAsync(Header + string.Format(row, "Closed", 3) + string.Format(
            row, "Open", 3).Replace("p,P", "q,Q"), mapping), 1, 0, 1, 0, 0);
        Assert.Equal(0, await app.Database.ScalarAsync<long>("""
            select count(*) from mt_events e join ticket_list t on t.ticket_id = e.stream_id
            where t.source = 'people' and e.type = 'ticket_assigned'
            """));
        Assert.Equal(app.Ann, await app.Database.ScalarAsync<Guid>(
            "select agent_id from ticket_list where source = 'people' and external_id = 'q'"));
    }

    private static (string, string, string) Facts(JsonNode ticket) =>
        ((string)ticket["status"]!, (string)ticket["type"]!, (string)ticket["state"]!);

    private static void AssertCounts(
        JsonNode import, int created, int changed, int unchanged, int refused, int merged)
    {
        Assert.Equal("Completed", (string)import["status"]!);
        Assert.Equal(
            (created, changed, unchanged, refused, merged, created + changed + unchanged + refused + merged),
            ((int)import["created"]!, (int)import["changed"]!, (int)import["unchanged"]!, (int)import["refused"]!,
                (int)import["merged"]!, (int)import["rows"]!));
    }

    private async Task<JsonNode> TicketAsync(string externalId, string source = "clickup") =>
        await app.GetAsync($"tickets/{await app.IdAsync(source, externalId)}");
}
