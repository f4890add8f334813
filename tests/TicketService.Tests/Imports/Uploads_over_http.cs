using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Imports;

public sealed class Uploads_over_http(TicketApp app) : IClassFixture<TicketApp>
{
    private const string Log = """
        {"profile":"event-log","source":"s","ticketId":"id","status":"status","at":"at"}
        """;

    [Theory]
    [InlineData("", null, "file")]
    [InlineData("\n\n", null, "file")]
    [InlineData("a,b\n1,2", null, "mapping")]
    [InlineData("id,status,at\n\"1", Log, "file")]
    [InlineData("id,status\n1,2", Log, "mapping.at")]
    [InlineData("id,at\n1,2", Log, "mapping.status")]
    [InlineData("PK\u0003\u0004 is no zip", Log, "file")]
    [InlineData("\0\0\0\u0001", Log, "file")]
    public async Task A_file_that_cannot_be_imported_fails_with_its_reason(string text, string? mapping, string field)
    {
        var import = await app.ImportAsync(text, mapping);
        Assert.Equal("Failed", (string)import["status"]!);
        Assert.StartsWith(field + ":", (string)import["reason"]!);
        Assert.Equal(0, await app.Database.ScalarAsync<long>("select count(*) from import_chunk"));
    }

    [Theory]
    [InlineData("""{"profile":"event-log"}""", "mapping.source")]
    [InlineData("""{"profile":"event-log","sourc":"s"}""", "mapping.sourc")]
    [InlineData("""{"profile":7}""", "mapping.profile")]
    [InlineData("{", "mapping")]
    public Task A_malformed_mapping_is_refused_by_its_field(string mapping, string field) =>
        RefusedAsync(TicketApp.Form("id\n1"u8.ToArray(), mapping), field);

    [Fact]
    public Task A_form_without_file_is_refused() =>
        RefusedAsync(new MultipartFormDataContent { { new StringContent(Log), "mapping" } }, "file");

    [Fact]
    public Task Two_files_are_refused() => RefusedAsync(new MultipartFormDataContent
    {
        { new StringContent("id"), "file", "a.csv" }, { new StringContent("id"), "file", "b.csv" }
    }, "file");

    [Fact]
    public Task A_mapping_that_is_too_long_is_refused() =>
        RefusedAsync(TicketApp.Form("id"u8.ToArray(), new string(' ', 70_000) + Log), "mapping");

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("text/csv")]
    [InlineData("application/json")]
    public Task What_is_no_form_is_refused(string type)
    {
        var content = new ByteArrayContent(
            "--y\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nid"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return RefusedAsync(content, "body");
    }

    [Fact]
    public async Task The_mapping_may_come_after_the_file_and_the_key_makes_it_one_import()
    {
        async Task<JsonNode> PostAsync() => await app.CallAsync(
            "POST", "tickets/imports", TicketApp.Form("id,status,at\nK,Open,2026-01-01T00:00:00Z"u8.ToArray(), Log),
            app.Admin, ("Idempotency-Key", "upload-1")).JsonAsync();
        var id = (Guid)(await PostAsync())["importId"]!;
        Assert.Equal(id, (Guid)(await PostAsync())["importId"]!);
        Assert.Equal(1, (int)(await app.ImportedAsync(id))["created"]!);
        var list = await app.GetAsync("tickets/imports?pageSize=500");
        Assert.Contains(id, list["items"]!.AsArray().Select(i => (Guid)i!["importId"]!));
    }

    [Fact]
    public async Task Refused_rows_say_their_line_and_the_rest_goes_in()
    {
        var import = await app.ImportAsync(
            "id,status,at\nR,Open,2026-01-01T00:00:00Z\nR,\"Clo\nsed\",nonsense\n,Open,2026-01-01T00:00:00Z\n"
            + "R,Closed,2026-01-03T00:00:00Z\nS,a\0b,2026-01-01T00:00:00Z\nT,,2026-01-01T00:00:00Z\n"
            + "U,Open,2026-01-01T00:00:00Z,surplus\n", Log);
        Assert.Equal(
            (7, 1, 1, 5),
            ((int)import["rows"]!, (int)import["created"]!, (int)import["changed"]!, (int)import["refused"]!));
        var refused = await (await app.CallAsync(
            "GET", $"tickets/imports/{import["importId"]}/refused", null, app.Admin)).Content.ReadAsStringAsync();
        Assert.Equal(
            ["3,at", "5,id", "7,status", "8,status", "9,"],
            refused.Trim().Split("\r\n").Skip(1).Select(l => string.Join(',', l.Split(',')[..2])));
    }

    [Fact]
    public async Task A_preview_shows_what_would_be_understood_and_keeps_nothing() =>
        await app.ShouldChangeNothingAsync(async () =>
        {
            var preview = await PreviewAsync(ClickUpFiles.View, null);
            Assert.Equal(("clickup", "UTF-8", ","),
                ((string)preview["profile"]!, (string)preview["encoding"]!, (string)preview["delimiter"]!));
            Assert.Equal("🏷️ Transaction Type (drop down)", (string)preview["mapping"]!["type"]!);
            Assert.Equal(["v1", "v2"], preview["items"]!.AsArray().Select(i => (string)i!["externalId"]!));
            var unknown = await PreviewAsync("number;incident_state;sys_updated_at;assigned_to\n1;New;x;y", null);
            Assert.Equal(("event-log", ";"), ((string)unknown["profile"]!, (string)unknown["delimiter"]!));
            Assert.Equal("number", (string)unknown["mapping"]!["ticketId"]!);
            Assert.Equal("incident_state", (string)unknown["mapping"]!["status"]!);
            Assert.StartsWith("mapping:", (string)unknown["problem"]!);
            var wrong = await PreviewAsync("id,at\n1,2", Log);
            Assert.StartsWith("mapping.status:", (string)wrong["problem"]!);
            await app.CallAsync("POST", "tickets/imports/preview", TicketApp.Form([], null), app.Admin)
                .ProblemAsync(HttpStatusCode.BadRequest);
        });

    [Fact]
    public async Task A_file_above_the_limit_is_refused()
    {
        await using var small = app.Host(("Imports:LargestUpload", "20000"));
        using var client = small.CreateClient();
        var response = await client.CallAsync(
            HttpMethod.Post, "/api/tickets/imports", TicketApp.Form(new byte[30_000], null), app.Admin);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private Task<JsonNode> PreviewAsync(string text, string? mapping) => app.CallAsync(
        "POST", "tickets/imports/preview", TicketApp.Form(Encoding.UTF8.GetBytes(text), mapping), app.Admin)
        .JsonAsync();

    private Task RefusedAsync(HttpContent content, string field) => app.ShouldChangeNothingAsync(async () =>
    {
        var problem = await app.CallAsync("POST", "tickets/imports", content, app.Admin)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, (string)problem["field"]!);
    });
}
