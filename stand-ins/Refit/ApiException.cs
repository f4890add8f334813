using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>An answer that is no success, or whose content cannot be read.</summary>
public class ApiException : Exception
{
    /// <summary>For subclasses, with the usual message.</summary>
    protected ApiException(
        HttpRequestMessage message, HttpMethod httpMethod, string? content, HttpStatusCode statusCode,
        string? reasonPhrase, HttpResponseHeaders headers, RefitSettings refitSettings,
        Exception? innerException = null)
        : this(Describe(statusCode, reasonPhrase), message, httpMethod, content, statusCode, reasonPhrase, headers,
            refitSettings, innerException)
    {
    }

    /// <summary>For subclasses.</summary>
    protected ApiException(
        string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, string? content,
        HttpStatusCode statusCode, string? reasonPhrase, HttpResponseHeaders headers, RefitSettings refitSettings,
        Exception? innerException = null)
        : base(exceptionMessage, innerException)
    {
        RequestMessage = message;
        HttpMethod = httpMethod;
        Content = content;
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
        Headers = headers;
        RefitSettings = refitSettings;
    }

    /// <summary>The answer's status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The answer's reason phrase.</summary>
    public string? ReasonPhrase { get; }

    /// <summary>The answer's headers.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>The request's method.</summary>
    public HttpMethod HttpMethod { get; }

    /// <summary>The request's address.</summary>
    public Uri? Uri => RequestMessage.RequestUri;

    /// <summary>The request.</summary>
    public HttpRequestMessage RequestMessage { get; }

    /// <summary>The headers of the answer's content.</summary>
    public HttpContentHeaders? ContentHeaders { get; private set; }

    /// <summary>The answer's content as text.</summary>
    public string? Content { get; private set; }

    /// <summary>Whether there is content.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    public bool HasContent => !string.IsNullOrWhiteSpace(Content);

    /// <summary>The settings of the client.</summary>
    public RefitSettings RefitSettings { get; }

    /// <summary>The content read as a type, or the default where there is none.</summary>
    public async Task<T?> GetContentAsAsync<T>() => HasContent
        ? await RefitSettings.ContentSerializer.FromHttpContentAsync<T>(new StringContent(Content))
            .ConfigureAwait(false)
        : default;

    /// <summary>The exception of an answer that is no success.</summary>
    public static Task<ApiException> Create(
        HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response, RefitSettings refitSettings,
        Exception? innerException = null)
    {
        if (response.IsSuccessStatusCode)
            throw new ArgumentException("Response is successful, cannot create an ApiException.", nameof(response));

        return Create(Describe(response.StatusCode, response.ReasonPhrase), message, httpMethod, response,
            refitSettings, innerException);
    }

    /// <summary>The exception of an answer: a <see cref="ValidationApiException"/> for a problem document.</summary>
    public static async Task<ApiException> Create(
        string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response,
        RefitSettings refitSettings, Exception? innerException = null)
    {
        var exception = new ApiException(exceptionMessage, message, httpMethod, null, response.StatusCode,
            response.ReasonPhrase, response.Headers, refitSettings, innerException)
        {
            ContentHeaders = response.Content.Headers
        };
        try
        {
            exception.Content = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
            var isProblem = exception.ContentHeaders.ContentType?.MediaType == "application/problem+json";
            response.Content.Dispose();
            return isProblem ? ValidationApiException.Create(exception) : exception;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The answer itself is the error to tell; that its text cannot be read is not.
            return exception;
        }
    }

    private static string Describe(HttpStatusCode statusCode, string? reasonPhrase) =>
        $"Response status code does not indicate success: {(int)statusCode} ({reasonPhrase}).";
}
