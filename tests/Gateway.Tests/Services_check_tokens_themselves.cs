using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Performance.Gateway.Setup;
using Performance.ServiceDefaults;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;

namespace Performance.Gateway;

/// <summary>The second wall: a service that somebody reaches around the gateway.</summary>
public sealed class Services_check_tokens_themselves(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task They_take_the_gateways_tokens_also_after_the_keys_have_changed()
    {
        await using var service = await StartAsync("services:gateway:http:0", fixture.Gateway.Url.ToString());
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        await client.CallAsync(HttpMethod.Get, "/", null, await fixture.AdminTokenAsync()).JsonAsync();

        await fixture.Postgres.ExecuteAsync("delete from signing_keys");

        await Eventually.Async(async () =>
        {
            var token = await fixture.AdminTokenAsync();
            return (await client.CallAsync(HttpMethod.Get, "/", null, token)).StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task They_refuse_every_other()
    {
        await using var service = await StartAsync("Auth:Keys", TestTokens.Shared.KeysJson);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        await client.CallAsync(HttpMethod.Get, "/", null, TestTokens.Shared.Admin()).JsonAsync();
        await client.CallAsync(HttpMethod.Get, "/", null, TestTokens.Shared.Agent(Guid.NewGuid()))
            .ShouldBeAsync(HttpStatusCode.Forbidden);
        foreach (var (kind, token) in TestTokens.Shared.Hostile())
        {
            var answer = await client.CallAsync(HttpMethod.Get, "/", null, token);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{kind}: {answer.StatusCode}");
        }

        await client.CallAsync(HttpMethod.Get, "/", null, await fixture.AdminTokenAsync())
            .ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    private static async Task<WebApplication> StartAsync(string setting, string value)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new(setting, value)]);
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGet("/", (HttpContext http) => Results.Ok(CurrentUser.From(http.User).UserName))
            .RequireAuthorization(Policies.Administration);
        await app.StartAsync();
        return app;
    }
}
