using System.Net;
using Performance.Testing;

namespace Performance.Notifications;

/// <summary>Bad input is answered 4xx with the field, and leaves no trace.</summary>
public sealed class Hostile_input(NotificationApp app) : IClassFixture<NotificationApp>
{
    [Theory]
    [InlineData("GET", "inbox?page=0", null, "page")]
    [InlineData("GET", "inbox?page=%00", null, "page")]
    [InlineData("GET", "inbox?pageSize=100000", null, "pageSize")]
    [InlineData("GET", "inbox?unread=yes", null, "unread")]
    [InlineData("POST", "inbox/x/read", null, "entryId")]
    [InlineData("POST", "inbox/00000000-0000-0000-0000-000000000000/read", null, "entryId")]
    [InlineData("PUT", "preferences", "", "body")]
    [InlineData("PUT", "preferences", "[1]", "body")]
    [InlineData("PUT", "preferences", "null", "body")]
    [InlineData("PUT", "preferences", "{\"email\":true", "body")]
    [InlineData("PUT", "preferences", "{}", "email")]
    [InlineData("PUT", "preferences", "{\"email\":\"no\"}", "email")]
    [InlineData("PUT", "preferences", "{\"email\":true,\"quietFrom\":5}", "quietFrom")]
    [InlineData("PUT", "preferences", "{\"email\":true,\"quietFrom\":\"22:00\"}", "quietTo")]
    [InlineData("PUT", "preferences", "{\"email\":true,\"quietFrom\":\"25:00\",\"quietTo\":\"07:00\"}", "quietFrom")]
    [InlineData("PUT", "preferences", "{\"email\":true,\"timeZone\":\"Mars\"}", "timeZone")]
    [InlineData("PUT", "preferences", "{\"email\":true,\"timeZone\":\"\\u0000\"}", "timeZone")]
    public async Task Of_a_person_is_refused_by_field(string method, string path, string? body, string field) =>
        Assert.Equal(field, await RefusedAsync(method, path, body, "robin"));

    [Theory]
    [InlineData("GET", "deliveries?state=lost", "state")]
    [InlineData("GET", "deliveries?state=0", "state")]
    [InlineData("GET", "deliveries?agentId=' or 1=1", "agentId")]
    [InlineData("GET", "deliveries?page=x", "page")]
    [InlineData("GET", "deliveries/x", "deliveryId")]
    [InlineData("POST", "deliveries/x/send-again", "deliveryId")]
    public async Task Of_an_admin_is_refused_by_field(string method, string path, string field) =>
        Assert.Equal(field, await RefusedAsync(method, path, null, "admin"));

    [Theory]
    [InlineData("GET", "deliveries/11111111-1111-1111-1111-111111111111")]
    [InlineData("POST", "deliveries/11111111-1111-1111-1111-111111111111/send-again")]
    [InlineData("GET", "templates/none/preview")]
    [InlineData("GET", "templates/..%2f..%2fetc%2fpasswd/preview")]
    public async Task About_what_is_not_there_is_not_found(string method, string path) =>
        await app.CallAsync(method, path, null, app.Token("admin")).ProblemAsync(HttpStatusCode.NotFound);

    private async Task<string?> RefusedAsync(string method, string path, string? body, string caller)
    {
        var before = await app.ContentsAsync();
        var problem = await app.CallAsync(method, path, body, app.Token(caller))
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(before, await app.ContentsAsync());
        return problem["field"]?.GetValue<string>();
    }
}
