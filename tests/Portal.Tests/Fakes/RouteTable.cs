using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Performance.Portal.Fakes;

/// <summary>The few routes of the fake gateway, apart from the portal's own.</summary>
internal sealed class RouteTable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() }
    };

    private readonly List<(string Method, TemplateMatcher Path, Func<HttpContext, Task<object?>> Answer)> _routes = [];

    /// <summary>Where what was answered is not what the services answer.</summary>
    public Inventions Inventions { get; } = new();

    public void Map(string method, string path, Func<HttpContext, object?> answer) =>
        Map(method, path, http => Task.FromResult(answer(http)));

    public void Map(string method, string path, Func<HttpContext, Task<object?>> answer) => _routes.Add(
        (method, new TemplateMatcher(TemplateParser.Parse(path), new RouteValueDictionary()), answer));

    public async Task RunAsync(HttpContext http)
    {
        foreach (var (method, path, answer) in _routes)
        {
            var values = new RouteValueDictionary();
            if (method == http.Request.Method && path.TryMatch(http.Request.Path, values))
            {
                http.Request.RouteValues = values;
                var given = await answer(http);
                Inventions.Look($"{method} /{path.Template.TemplateText!.TrimStart('/')}", given);
                await WriteAsync(http, given);
                return;
            }
        }

        await Results.Problem(statusCode: 404, title: $"No route {http.Request.Path}").ExecuteAsync(http);
    }

    private static Task WriteAsync(HttpContext http, object? answer) => answer switch
    {
        null when http.Response.HasStarted => Task.CompletedTask,
        null => Results.NoContent().ExecuteAsync(http),
        IResult result => result.ExecuteAsync(http),
        _ => Results.Json(answer, Json).ExecuteAsync(http)
    };
}

internal static class RequestReading
{
    public static string Route(this HttpContext http, string name) => http.Request.RouteValues[name]!.ToString()!;

    public static Guid RouteId(this HttpContext http, string name) => Guid.Parse(http.Route(name));

    public static int Query(this HttpContext http, string name, int otherwise) =>
        int.TryParse(http.Request.Query[name], out var value) ? value : otherwise;

    public static async Task<T> BodyAsync<T>(this HttpContext http) =>
        (await http.Request.ReadFromJsonAsync<T>(RouteTable.Json, http.RequestAborted))!;

    public static IResult Invalid(string field, string reason) => Results.ValidationProblem(
        new Dictionary<string, string[]> { [field] = [reason] }, title: $"{field}: {reason}");
}
