using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Performance.Testing;

/// <summary>Short forms of what tests do with HTTP.</summary>
public static class Http
{
    /// <summary>The API's JSON: camelCase.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The client, with this bearer token on every request.</summary>
    public static HttpClient As(this HttpClient client, string token)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A request with an optional JSON body, bearer token and headers.</summary>
    public static async Task<HttpResponseMessage> CallAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        string? token = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? new StringContent(
                body as string ?? JsonSerializer.Serialize(body, Json), Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    /// <summary>The response, if it has this status; else a failure that shows what came instead.</summary>
    public static async Task<HttpResponseMessage> ShouldBeAsync(
        this Task<HttpResponseMessage> call,
        HttpStatusCode expected)
    {
        var response = await call;
        if (response.StatusCode != expected)
        {
            var request = response.RequestMessage;
            throw new XunitException(
                $"{request?.Method} {request?.RequestUri}: expected {(int)expected}, got {(int)response.StatusCode}\n"
                + await response.Content.ReadAsStringAsync());
        }

        return response;
    }

    /// <summary>The body of a 200 or 201 as a JSON tree.</summary>
    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> call)
    {
        var response = await call;
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted))
        {
            await Task.FromResult(response).ShouldBeAsync(HttpStatusCode.OK);
        }

        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>The body of a 2xx, read as a type of the API.</summary>
    public static async Task<T> AsAsync<T>(this Task<HttpResponseMessage> call) =>
        (await call.JsonAsync()).Deserialize<T>(Json)!;

    /// <summary>The problem document of a refused request with this status.</summary>
    public static async Task<JsonNode> ProblemAsync(this Task<HttpResponseMessage> call, HttpStatusCode expected)
    {
        var response = await call.ShouldBeAsync(expected);
        var type = response.Content.Headers.ContentType?.MediaType;
        return type == "application/problem+json"
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync())!
            : throw new XunitException($"{(int)expected} without a problem document, but {type ?? "nothing"}");
    }
}
