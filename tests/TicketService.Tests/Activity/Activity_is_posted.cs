using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Tickets.Activity;

public sealed class Activity_is_posted(TicketApp app) : IClassFixture<TicketApp>
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    [Fact]
    public async Task Structured_and_counted_once()
    {
        var json = Payment("s-1").ToJsonString();
        Assert.Equal((1, 0), await TakenAsync(json, Structured));
        Assert.Equal((0, 1), await TakenAsync(json, Structured));
        Assert.Equal(1, await StoredAsync("s-1"));
    }

    [Fact]
    public async Task In_binary_mode()
    {
        (string, string)[] headers =
        [
            ("ce-specversion", "1.0"), ("ce-id", "b%2D1"), ("ce-source", "tests"), ("ce-type", "payment.collected"),
            ("ce-time", TimeProvider.System.GetUtcNow().ToString("O"))
        ];
        var data = Payment("x")["data"]!.ToJsonString();
        var answer = await app.CallAsync("POST", "activity", data, app.Token("integration"), headers).JsonAsync();
        Assert.Equal(1, (int)answer["accepted"]!);
        Assert.Equal(1, await StoredAsync("b-1"));
    }

    [Fact]
    public async Task In_batches_of_which_the_good_ones_are_taken()
    {
        var batch = new JsonArray(
            Payment("m-1"), Payment("m-1"), Payment("m-2", amount: "-5"), Payment("m-3"), "junk").ToJsonString();
        var answer = await PostAsync(batch, Batch).JsonAsync();
        Assert.Equal((2, 1), ((int)answer["accepted"]!, (int)answer["duplicates"]!));
        Assert.Equal(
            "2 m-2,4 ", string.Join(',', answer["rejected"]!.AsArray().Select(r => $"{r!["index"]} {r["id"]}")));
        Assert.StartsWith("data.amount:", (string)answer["rejected"]![0]!["reason"]!);
        Assert.Equal((0, 3), await TakenAsync(batch, Batch));
        Assert.Equal((0, 0), await TakenAsync("[]", Batch));
    }

    [Fact]
    public async Task By_many_at_once_and_still_counted_once()
    {
        var batches = Enumerable.Range(0, 8).Select(shift => new JsonArray(
            [.. Enumerable.Range(0, 100).Select(i => Payment($"c-{(shift % 2 == 0 ? i : 99 - i) + (shift * 10)}"))])
            .ToJsonString()).ToArray();
        var taken = await Task.WhenAll(batches.Concat(batches).Select(b => TakenAsync(b, Batch)));
        Assert.Equal(170, taken.Sum(t => t.Accepted));
        Assert.Equal(1600 - 170, taken.Sum(t => t.Duplicates));
        Assert.Equal(170, await app.Database.ScalarAsync<long>(
            "select count(*) from activity_event where id like 'c-%'"));
        Assert.Equal(170, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where type = 'payment_collected' and data->>'CallId' like 'c-%'"));
    }

    /// <summary>Body, content type, the field that the refusal names.</summary>
    public static TheoryData<string, string, string> Malformed => new()
    {
        { "", Batch, "body" },
        { "{", Batch, "body" },
        { "[", Structured, "body" },
        { "{}", Batch, "body" },
        { "\"text\"", Batch, "body" },
        { "[1,]", Batch, "body" },
        { "[" + new string('[', 100) + "]", Batch, "body" },
        { "[" + string.Join(',', Enumerable.Repeat("1", 5001)) + "]", Batch, "body" },
        { "[]", Structured, "event" },
        { "null", Structured, "event" },
        { "{}", Structured, "data" },
        { "{\"data\":{}}", Structured, "specversion" },
        { "{\"specversion\":\"1.0\",\"data\":{}}", Structured, "id" },
        { "{}", "application/json", "Content-Type" },
        { Payment("h", amount: "0").ToJsonString(), Structured, "data.amount" },
        { Payment("h", amount: "1e999").ToJsonString(), Structured, "data.amount" },
        { Payment("h").ToJsonString().Replace("USD", "US$"), Structured, "data.currency" },
        { Payment("h").ToJsonString().Replace("payment.collected", "payment"), Structured, "type" },
        { Payment(new string('x', 300)).ToJsonString(), Structured, "id" },
        { Payment("h\u0000").ToJsonString(), Structured, "id" }
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public Task Or_refused_by_field(string body, string type, string field) =>
        app.ShouldChangeNothingAsync(async () => Assert.Equal(
            field, (string)(await PostAsync(body, type).ProblemAsync(HttpStatusCode.BadRequest))["field"]!));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/cloudevents")]
    public Task Or_refused_as_something_else(string type) => Or_refused_by_field("[]", type, "Content-Type");

    [Fact]
    public Task Or_refused_where_it_is_no_text() => app.ShouldChangeNothingAsync(async () =>
    {
        var content = new ByteArrayContent([.. "[{\"id\":\""u8, 0xFF, 0xFE, .. "\"}]"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", Batch);
        var response = await app.CallAsync("POST", "activity", content, app.Token("integration"));
        // The one event of the batch is answered as bad, or the body as a whole.
        Assert.True(response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.BadRequest);
    });

    private static JsonObject Payment(string id, string amount = "12.50") => new()
    {
        ["specversion"] = "1.0", ["id"] = id, ["source"] = "tests", ["type"] = "payment.collected",
        ["time"] = TimeProvider.System.GetUtcNow().ToString("O"),
        ["data"] = new JsonObject
        {
            ["repId"] = Guid.Parse("99999999-9999-4999-8999-999999999999"), ["amount"] = amount,
            ["currency"] = "USD", ["callId"] = id.Length > 200 ? "x" : id.Replace("\0", "")
        }
    };

    private Task<HttpResponseMessage> PostAsync(string body, string type) => app.CallAsync(
        "POST", "activity", new StringContent(body, Encoding.UTF8, type), app.Token("integration"));

    private async Task<(int Accepted, int Duplicates)> TakenAsync(string body, string type)
    {
        var answer = await PostAsync(body, type).JsonAsync();
        return ((int)answer["accepted"]!, (int)answer["duplicates"]!);
    }

    private Task<long> StoredAsync(string id) =>
        app.Database.ScalarAsync<long>("select count(*) from activity_event where id = $1", id);
}
