using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>An answer with a problem document (RFC 7807).</summary>
public class ValidationApiException : ApiException
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new ObjectToInferredTypesConverter() }
    };

    private ValidationApiException(ApiException e)
        : base(e.RequestMessage, e.HttpMethod, e.Content, e.StatusCode, e.ReasonPhrase, e.Headers, e.RefitSettings)
    {
    }

    /// <summary>The problem document.</summary>
    public new ProblemDetails? Content { get; private init; }

    /// <summary>Reads the problem document in an exception's content.</summary>
    public static ValidationApiException Create(ApiException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (!exception.HasContent)
            throw new ArgumentException("Content must be an 'application/problem+json' compliant json string.");

        return new ValidationApiException(exception)
        {
            Content = JsonSerializer.Deserialize<ProblemDetails>(exception.Content, Options)
        };
    }
}

/// <summary>A problem document (RFC 7807).</summary>
public class ProblemDetails
{
    /// <summary>Reasons by field.</summary>
    public Dictionary<string, string[]> Errors { get; set; } = [];

    /// <summary>Members that are not of the standard.</summary>
    [JsonExtensionData]
    public IDictionary<string, object> Extensions { get; set; } =
        new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Kind of problem, an address.</summary>
    public string? Type { get; set; } = "about:blank";

    /// <summary>What is wrong.</summary>
    public string? Title { get; set; }

    /// <summary>HTTP status.</summary>
    public int Status { get; set; }

    /// <summary>What is wrong here.</summary>
    public string? Detail { get; set; }

    /// <summary>Which occurrence, an address.</summary>
    public string? Instance { get; set; }
}
