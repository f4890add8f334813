using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Performance.ServiceDefaults.Identity;

namespace Performance.Testing;

/// <summary>What the hosts of one service have in common: settings, callers, endpoints.</summary>
public static class ServiceHost
{
    /// <summary>A replica of the service on this database and broker.</summary>
    /// <param name="store">The name of its connection string.</param>
    /// <param name="database">Its database.</param>
    /// <param name="broker">The broker, and the prefix of its queues.</param>
    /// <param name="settings">More settings, or others.</param>
    public static WebApplicationFactory<TProgram> Of<TProgram>(
        string store, TestPostgres database, TestRabbitMq broker, params (string Name, string Value)[] settings)
        where TProgram : class => new WebApplicationFactory<TProgram>().WithWebHostBuilder(web =>
    {
        web.UseSetting($"ConnectionStrings:{store}", database.ConnectionString);
        web.UseSetting("Auth:Keys", TestTokens.Shared.KeysJson);
        foreach (var (name, value) in broker.Settings)
        {
            web.UseSetting(name, value);
        }

        foreach (var (name, value) in settings)
        {
            web.UseSetting(name, value);
        }
    });

    /// <summary>
    /// Every caller of a matrix, by name; null: nobody signed in. Ann is of team north in department sales, Bob of team
    /// south in department service.
    /// </summary>
    public static string? Token(string caller, Guid ann, Guid bob) => caller.Replace(' ', '-') switch
    {
        "ann" => TestTokens.Shared.Agent(ann, "ann"),
        "bob" => TestTokens.Shared.Agent(bob, "bob"),
        "supervisor-north" => TestTokens.Shared.Supervisor("north"),
        "supervisor-south" => TestTokens.Shared.Supervisor("south"),
        "lead-north" => TestTokens.Shared.TeamLead("north"),
        "lead-south" => TestTokens.Shared.TeamLead("south"),
        "head-sales" => TestTokens.Shared.DepartmentHead("sales"),
        "head-service" => TestTokens.Shared.DepartmentHead("service"),
        "admin" => TestTokens.Shared.Admin(),
        "integration" => TestTokens.Shared.Integration(),
        "requestor" => TestTokens.Shared.OfRole(Roles.Requestor),
        "no-role" => TestTokens.Shared.For("nobody", [], ann, ["north"], "sales"),
        "nobody" => null,
        _ => throw new ArgumentOutOfRangeException(nameof(caller))
    };

    /// <summary>The endpoints that exist, as "METHOD /route".</summary>
    public static IReadOnlyList<string> ApiEndpoints(this IServiceProvider services) =>
    [
        .. services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {e.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal)
    ];
}
