using System.Net;

namespace Refit;

/// <summary>How requests are made and answers read.</summary>
public class RefitSettings
{
    /// <summary>JSON by System.Text.Json, default formatters.</summary>
    public RefitSettings()
        : this(new SystemTextJsonContentSerializer(), null, null, null)
    {
    }

    /// <summary>With formatters.</summary>
    public RefitSettings(
        IHttpContentSerializer contentSerializer,
        IUrlParameterFormatter? urlParameterFormatter,
        IFormUrlEncodedParameterFormatter? formUrlEncodedParameterFormatter)
        : this(contentSerializer, urlParameterFormatter, formUrlEncodedParameterFormatter, null)
    {
    }

    /// <summary>With a serializer, and formatters where they are not the default ones.</summary>
    public RefitSettings(
        IHttpContentSerializer contentSerializer,
        IUrlParameterFormatter? urlParameterFormatter = null,
        IFormUrlEncodedParameterFormatter? formUrlEncodedParameterFormatter = null,
        IUrlParameterKeyFormatter? urlParameterKeyFormatter = null)
    {
        ArgumentNullException.ThrowIfNull(contentSerializer);
        ContentSerializer = contentSerializer;
        UrlParameterFormatter = urlParameterFormatter ?? new DefaultUrlParameterFormatter();
        FormUrlEncodedParameterFormatter =
            formUrlEncodedParameterFormatter ?? new DefaultFormUrlEncodedParameterFormatter();
        UrlParameterKeyFormatter = urlParameterKeyFormatter ?? new DefaultUrlParameterKeyFormatter();
        ExceptionFactory = new DefaultApiExceptionFactory(this).CreateAsync;
    }

    /// <summary>Supplies the credential of requests that have an Authorization header (its scheme is kept).</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<string>>? AuthorizationHeaderValueGetter { get; set; }

    /// <summary>Supplies the innermost handler of clients made here.</summary>
    public Func<HttpMessageHandler>? HttpMessageHandlerFactory { get; set; }

    /// <summary>Makes the exception for an answer, or null where it is none.</summary>
    public Func<HttpResponseMessage, Task<Exception?>> ExceptionFactory { get; set; }

    /// <summary>Makes the exception for content that cannot be read; null: an <see cref="ApiException"/>.</summary>
    public Func<HttpResponseMessage, Exception, Task<Exception?>>? DeserializationExceptionFactory { get; set; }

    /// <summary>Reads and writes bodies.</summary>
    public IHttpContentSerializer ContentSerializer { get; set; }

    /// <summary>Makes query names from property names.</summary>
    public IUrlParameterKeyFormatter UrlParameterKeyFormatter { get; set; }

    /// <summary>Makes text of path and query values.</summary>
    public IUrlParameterFormatter UrlParameterFormatter { get; set; }

    /// <summary>Makes text of form values.</summary>
    public IFormUrlEncodedParameterFormatter FormUrlEncodedParameterFormatter { get; set; }

    /// <summary>The form of collections in queries where the parameter does not say.</summary>
    public CollectionFormat CollectionFormat { get; set; } = CollectionFormat.RefitParameterFormatter;

    /// <summary>Whether bodies are buffered where the parameter does not say.</summary>
    public bool Buffered { get; set; }

    /// <summary>Options put into every request message.</summary>
    public Dictionary<string, object>? HttpRequestMessageOptions { get; set; }

    /// <summary>HTTP version of requests.</summary>
    public Version Version { get; set; } = HttpVersion.Version11;

    /// <summary>What other versions are allowed.</summary>
    public HttpVersionPolicy VersionPolicy { get; set; } = HttpVersionPolicy.RequestVersionOrLower;
}

/// <summary>An <see cref="ApiException"/> for every answer that is no success.</summary>
public class DefaultApiExceptionFactory(RefitSettings refitSettings)
{
    /// <summary>The exception, or null.</summary>
    public async Task<Exception?> CreateAsync(HttpResponseMessage responseMessage)
    {
        if (responseMessage.IsSuccessStatusCode)
            return null;

        var request = responseMessage.RequestMessage!;
        return await ApiException.Create(request, request.Method, responseMessage, refitSettings).ConfigureAwait(false);
    }
}
