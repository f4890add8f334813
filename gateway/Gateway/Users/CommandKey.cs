using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>The headers and bodies that commands share.</summary>
internal static class CommandKey
{
    /// <summary>Names one command of one caller, from its Idempotency-Key; null without.</summary>
    public static string? Of(HttpRequest request, string caller, string command)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        return key switch
        {
            "" => null,
            { Length: > 255 } => throw new InvalidFieldException("Idempotency-Key", "has more than 255 characters"),
            _ => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{command}\n{caller}\n{key}")))
        };
    }

    /// <summary>Compares If-Match, where there is one.</summary>
    public static void CheckVersion(HttpRequest request, int version)
    {
        var wanted = request.Headers.IfMatch.ToString();
        if (wanted is "" or "*")
        {
            return;
        }

        if (!int.TryParse(wanted.Trim('"'), out var number))
        {
            throw new InvalidFieldException("If-Match", "must be the version from the ETag");
        }

        if (number != version)
        {
            throw new StaleVersionException(version);
        }
    }

    /// <summary>Reads a JSON body where binding cannot, because the endpoint takes a form as well.</summary>
    public static async Task<T> ReadCommandAsync<T>(this HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                "Expected the content type application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        var json = request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value;
        return await JsonSerializer.DeserializeAsync<T>(request.Body, json.SerializerOptions, cancel)
            ?? throw new InvalidFieldException("body", "is null");
    }
}
