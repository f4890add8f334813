using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Refit.Tests;

/// <summary>Answers every request under /echo with what it got, and some others with set answers.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    private WebApplication? _app;

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Map("/echo/{**rest}", (Delegate)Echo);
        _app.Map("/base/echo/{**rest}", (Delegate)Echo);
        _app.MapGet("/text", () => "plain words");
        _app.MapGet("/empty", () => Results.StatusCode(204));
        _app.MapGet("/broken", () => Results.Text("{ not json", "application/json"));
        _app.MapGet("/plain-error", () => Results.Text("no such thing", statusCode: 404));
        _app.MapGet("/problem", () => Results.ValidationProblem(
            new Dictionary<string, string[]> { ["amount"] = ["must be positive"] }, title: "amount: must be positive",
            extensions: new Dictionary<string, object?> { ["field"] = "amount" }));
        _app.MapGet("/never", (CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel));
        await _app.StartAsync();
        Address = _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    private static async Task<IResult> Echo(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        return Results.Json(new Echoed(
            http.Request.Method,
            http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            form is null ? await reader.ReadToEndAsync() : "",
            form?.ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [],
            form?.Files.ToDictionary(f => f.Name, f => $"{f.FileName}|{f.ContentType}|{f.Length}") ?? []));
    }
}

/// <summary>What a request looked like on the wire.</summary>
public sealed record Echoed(
    string Method, string Target, Dictionary<string, string> Headers, string Body, Dictionary<string, string> Form,
    Dictionary<string, string> Files);
