using System.Net;
using Performance.Testing;

namespace Performance.Tickets.WorkLog;

public sealed class The_log_over_http(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task A_day_is_put_read_changed_and_emptied()
    {
        var day = $"worklog/{app.Ann}/2026-05-04";
        Assert.Empty((await app.GetAsync(day))["entries"]!.AsArray());
        await PutAsync(day, """{"notes":"n","entries":[{"id":"1","accessId":"VIN","status":"Done","client":"C"}]}""");
        await PutAsync(
            day, """{"notes":"n","entries":[{"id":"1","accessId":"VIN","comments":"x"},{"accessId":"W"}]}""");
        // Rows without ids are given the same ones again.
        await PutAsync(
            day, """{"notes":"n","entries":[{"id":"1","accessId":"VIN","comments":"x"},{"accessId":"W"}]}""");
        var read = await app.GetAsync(day);
        Assert.Equal(2, (int)read["version"]!);
        Assert.Equal(["VIN", "W"], read["entries"]!.AsArray().Select(e => (string)e!["accessId"]!));
        await app.CallAsync("PUT", day, "{}", app.Token("ann"), ("If-Match", "\"1\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
        await PutAsync(day, """{"notes":" ","entries":[]}""");
        Assert.Empty((await app.GetAsync(day))["entries"]!.AsArray());
        Assert.Equal(["day_logged", "day_logged", "day_cleared"], await TypesAsync(new DateOnly(2026, 5, 4)));
    }

    [Fact]
    public async Task A_range_shows_the_days_that_the_asker_may_see()
    {
        await PutAsync($"worklog/{app.Ann}/2026-06-01", """{"notes":"ann"}""");
        await app.CallAsync("PUT", $"worklog/{app.Bob}/2026-06-02", """{"notes":"bob"}""", app.Token("bob"))
            .ShouldBeAsync(HttpStatusCode.OK);
        const string june = "worklog?from=2026-06-01&to=2026-06-30";
        async Task<string> NotesAsync(string caller, string query = "") => string.Join(
            ' ', (await app.GetAsync(june + query, app.Token(caller)))["items"]!.AsArray().Select(i => i!["notes"]));
        Assert.Equal("ann", await NotesAsync("ann"));
        Assert.Equal("ann", await NotesAsync("supervisor-north"));
        Assert.Equal("bob", await NotesAsync("head-service"));
        Assert.Equal("bob ann", await NotesAsync("admin"));
        Assert.Equal("ann", await NotesAsync("admin", $"&agentId={app.Ann}"));
        Assert.Equal(2, (int)(await app.GetAsync(june + "&pageSize=1"))["total"]!);
    }

    [Theory]
    [InlineData("PUT", "worklog/{ann}/2026-5-4", "{}", "date")]
    [InlineData("PUT", "worklog/{ann}/2999-01-01", "{}", "date")]
    [InlineData("PUT", "worklog/{ann}/2026-05-04", "{\"notes\":5}", "notes")]
    [InlineData("PUT", "worklog/{ann}/2026-05-04", "{\"notes\":\"\\u0000\"}", "notes")]
    [InlineData("PUT", "worklog/{ann}/2026-05-04", "{\"entries\":{}}", "entries")]
    [InlineData("PUT", "worklog/{ann}/2026-05-04", "{\"entries\":[null]}", "entries[0]")]
    [InlineData("PUT", "worklog/{ann}/2026-05-04", "{\"entries\":[{}]}", "entries[0].accessId")]
    [InlineData("PUT", "worklog/{ann}/2026-05-04",
        "{\"entries\":[{\"id\":\"1\",\"accessId\":\"a\"},{\"id\":\"1\",\"accessId\":\"b\"}]}", "entries")]
    [InlineData("PUT", "worklog/ann/2026-05-04", "{}", "agentId")]
    [InlineData("GET", "worklog/ann/2026-05-04", null, "agentId")]
    [InlineData("GET", "worklog/{ann}/today", null, "date")]
    [InlineData("GET", "worklog", null, "from")]
    [InlineData("GET", "worklog?from=2026-05-01", null, "to")]
    [InlineData("GET", "worklog?from=2026-05-02&to=2026-05-01", null, "to")]
    [InlineData("GET", "worklog?from=2020-05-02&to=2026-05-01", null, "to")]
    [InlineData("GET", "worklog?from=2026-05-01&to=2026-05-02&agentId=1", null, "agentId")]
    public Task Malformed_input_is_refused_by_field(string method, string path, string? body, string field) =>
        app.ShouldChangeNothingAsync(async () => Assert.Equal(field, (string)(await app.CallAsync(
                method, path.Replace("{ann}", app.Ann.ToString()), body, app.Token("ann"))
            .ProblemAsync(HttpStatusCode.BadRequest))["field"]!));

    private Task PutAsync(string day, string body) =>
        app.CallAsync("PUT", day, body, app.Token("ann")).ShouldBeAsync(HttpStatusCode.OK);

    private async Task<IEnumerable<string>> TypesAsync(DateOnly date)
    {
        var types = await app.Database.ScalarAsync<string>(
            "select string_agg(type, ' ' order by version) from mt_events where stream_id = $1",
            PutWorkDay.StreamOf(app.Ann, date));
        return types!.Split(' ');
    }
}
