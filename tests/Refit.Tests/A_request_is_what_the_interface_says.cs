namespace Refit.Tests;

public sealed class A_request_is_what_the_interface_says(EchoServer server) : IClassFixture<EchoServer>
{
    private readonly IEchoApi _api = RestService.For<IEchoApi>(server.Address);

    [Fact]
    public async Task A_path_parameter_is_escaped() =>
        Assert.Equal("/echo/items/a%2Fb%20%3F%C3%BC", (await _api.Get("a/b ?ü")).Target);

    [Fact]
    public async Task A_round_tripping_parameter_keeps_its_slashes() =>
        Assert.Equal("/echo/files/a/b%20c", (await _api.Deep("a/b c")).Target);

    [Fact]
    public async Task A_property_fills_the_path_and_the_rest_goes_into_the_query() =>
        Assert.Equal("/echo/by/Ann?Amount=1.5", (await _api.Bound(new Item("Ann", 1.5m))).Target);

    [Fact]
    public async Task A_multi_collection_repeats_its_name_after_the_fixed_query() =>
        Assert.Equal(
            "/echo/list?fixed=1&month=2024-01&month=2024-02&p=3&coached=True",
            (await _api.List(["2024-01", "2024-02"], 3, true)).Target);

    [Fact]
    public async Task Nulls_are_left_out() =>
        Assert.Equal("/echo/list?fixed=1", (await _api.List(null, null)).Target);

    [Fact]
    public async Task Collections_are_joined_and_enums_take_their_member_value() =>
        Assert.Equal(
            "/echo/joined?ids=1%2C2&names=a%7Cb&colour=dark-red",
            (await _api.Joined([1, 2], ["a", "b"], Colour.DarkRed)).Target);

    [Fact]
    public async Task An_object_becomes_its_properties_and_formats_hold() =>
        Assert.Equal(
            "/echo/search?Text=a%26b&of=x%2Cy&month=2024-05",
            (await _api.Find(new Search("a&b", null, ["x", "y"], "no"), new DateTime(2024, 5, 1))).Target);

    [Fact]
    public async Task A_dictionary_becomes_its_entries() =>
        Assert.Equal("/echo/map?k=v", (await _api.Map(new Dictionary<string, string> { ["k"] = "v" })).Target);

    [Fact]
    public async Task A_body_is_camel_case_json_and_a_header_parameter_is_sent()
    {
        var echo = await _api.Create(new Item("Ann", 2.50m), "once");
        Assert.Equal("""{"name":"Ann","amount":2.50}""", echo.Body);
        Assert.StartsWith("application/json", echo.Headers["content-type"]);
        Assert.Equal("once", echo.Headers["idempotency-key"]);
    }

    [Fact]
    public async Task A_null_header_is_not_sent() =>
        Assert.DoesNotContain("idempotency-key", (await _api.Create(new Item("Ann", 1), null)).Headers.Keys);

    [Fact]
    public async Task A_header_value_cannot_begin_another_header() =>
        Assert.Equal(
            "aX-Evil: b", (await _api.Create(new Item("Ann", 1), "a\r\nX-Evil: b")).Headers["idempotency-key"]);

    [Fact]
    public async Task The_one_object_of_a_put_is_its_body()
    {
        var echo = await _api.Replace(7, new Item("Bob", 1));
        Assert.Equal(("PUT", "/echo/items/7"), (echo.Method, echo.Target));
        Assert.Contains("Bob", echo.Body);
    }

    [Fact]
    public async Task A_text_body_is_sent_as_it_is() => Assert.Equal("just text", (await _api.Raw("just text")).Body);

    [Fact]
    public async Task A_form_body_has_the_properties_as_fields() =>
        Assert.Equal("a b", (await _api.PostForm(new Item("a b", 1))).Form["Name"]);

    [Fact]
    public async Task The_methods_headers_go_before_the_interfaces_and_authorize_sets_the_scheme()
    {
        var echo = await _api.Remove(Guid.Empty, "abc");
        Assert.Equal("Bearer abc", echo.Headers["authorization"]);
        Assert.Equal("method", echo.Headers["x-both"]);
        Assert.DoesNotContain("x-client", echo.Headers.Keys);
        Assert.Equal("tests", (await _api.Get("1")).Headers["x-client"]);
    }

    [Fact]
    public async Task A_multipart_request_has_files_text_and_json()
    {
        var echo = await _api.Upload(
            new StreamPart(new MemoryStream([1, 2, 3]), "log.csv", "text/csv"),
            new ByteArrayPart([1], "b.bin", name: "renamed"), "hello", new Item("Ann", 1));
        Assert.Equal("log.csv|text/csv|3", echo.Files["file"]);
        Assert.Equal("b.bin||1", echo.Files["renamed"]);
        Assert.Equal("hello", echo.Form["note"]);
        Assert.Contains("Ann", echo.Form["mapping"]);
    }

    [Fact]
    public async Task The_credential_getter_fills_the_authorization_header()
    {
        var api = RestService.For<IEchoApi>(server.Address, new RefitSettings
        {
            AuthorizationHeaderValueGetter = (_, _) => Task.FromResult("fresh")
        });
        Assert.Equal("Bearer fresh", (await api.Secret()).Headers["authorization"]);
        Assert.DoesNotContain("authorization", (await api.Get("1")).Headers.Keys);
    }

    [Fact]
    public async Task The_base_address_may_have_a_path() =>
        Assert.Equal(
            "/base/echo/items/1", (await RestService.For<IEchoApi>(server.Address + "/base/").Get("1")).Target);
}
