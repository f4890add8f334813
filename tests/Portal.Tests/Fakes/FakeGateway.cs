using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Performance.Portal.Fakes;

/// <summary>
/// Stands before the portal as the gateway does: signs in, turns the cookie into a bearer, answers the API with made-up
/// data that commands change, streams notices; and it can be slow, refuse, or be away.
/// </summary>
internal sealed partial class FakeGateway : IStartupFilter
{
    private const string Cookie = "performance.session";

    public static readonly IReadOnlyList<Person> People =
    [
        new("admin", ["admin"]),
        new("supervisor", ["supervisor"]),
        new("head", ["department-head"], Department: "operations"),
        new("new-head", ["department-head"]),
        new("agent", ["agent"], Organisation.Jasmin),
    ];

    private readonly RouteTable _routes;

    public FakeGateway()
    {
        Data = new Organisation();
        _routes = new RouteTable();
        MapAuth(_routes);
        MapScoring(_routes);
        MapPast(_routes);
        MapSupervision(_routes);
        MapCharts(_routes);
        MapPolicies(_routes);
        MapMyPerformance(_routes);
        MapSync(_routes);
        MapSettings(_routes);
        MapTickets(_routes);
        MapCoaching(_routes);
        MapBackup(_routes);
        MapReviews(_routes);
        MapDepartment(_routes);
        MapNotifications(_routes);
    }

    public TestKeys Keys { get; } = new();

    public Organisation Data { get; }

    public LiveStream Live { get; } = new();

    /// <summary>How long a token lasts.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Paths (by their beginning) that fail, and how: a status, or 0 for a broken connection.</summary>
    public ConcurrentDictionary<string, int> Failing { get; } = new();

    /// <summary>Paths (by their beginning) that wait until their task is done.</summary>
    public ConcurrentDictionary<string, Task> Waiting { get; } = new();

    /// <summary>What it answered and no service does.</summary>
    public Inventions Inventions => _routes.Inventions;

    /// <summary>Every call of the API: method and path with query.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, following) =>
        {
            var path = http.Request.Path.Value!;
            if (path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith(
                "/auth/", StringComparison.Ordinal))
            {
                await AnswerAsync(http);
                return;
            }

            if (http.Request.Cookies[Cookie] is { } user && People.FirstOrDefault(p => p.UserName == user)
                is { } person)
            {
                http.Request.Headers.Authorization = "Bearer " + Keys.Sign(person, TokenLifetime).Token;
            }

            await following(http);
        });
        next(app);
    };

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        Calls.Enqueue($"{http.Request.Method} {path}{http.Request.QueryString}");
        foreach (var (start, task) in Waiting)
        {
            if (path.StartsWith(start, StringComparison.Ordinal))
            {
                await task.WaitAsync(http.RequestAborted);
            }
        }

        foreach (var (start, status) in Failing)
        {
            if (path.StartsWith(start, StringComparison.Ordinal))
            {
                await FailAsync(http, status);
                return;
            }
        }

        await _routes.RunAsync(http);
    }

    private static Task FailAsync(HttpContext http, int status)
    {
        if (status == 0)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        return Results.Problem(statusCode: status, title: status switch
        {
            403 => "You may not see this.",
            404 => "There is no such thing.",
            _ => "The service is not there."
        })
            .ExecuteAsync(http);
    }

    /// <summary>Who asks: by bearer, as the portal does, or by cookie, as the browser does.</summary>
    internal static Person? Who(HttpContext http)
    {
        var bearer = http.Request.Headers.Authorization.ToString();
        var name = bearer.StartsWith("Bearer ", StringComparison.Ordinal)
            ? new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(bearer["Bearer ".Length..]).Subject
            : http.Request.Cookies[Cookie];
        return People.FirstOrDefault(p => p.UserName == name);
    }
}
