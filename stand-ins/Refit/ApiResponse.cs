using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>An answer with its status and headers, success or not.</summary>
public interface IApiResponse : IDisposable
{
    /// <summary>The headers.</summary>
    HttpResponseHeaders Headers { get; }

    /// <summary>The headers of the content.</summary>
    HttpContentHeaders? ContentHeaders { get; }

    /// <summary>Whether the status is 2xx.</summary>
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    bool IsSuccessStatusCode { get; }

    /// <summary>Whether the status is 2xx and the content could be read.</summary>
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    bool IsSuccessful { get; }

    /// <summary>The status.</summary>
    HttpStatusCode StatusCode { get; }

    /// <summary>The reason phrase.</summary>
    string? ReasonPhrase { get; }

    /// <summary>The request.</summary>
    HttpRequestMessage? RequestMessage { get; }

    /// <summary>HTTP version.</summary>
    Version Version { get; }

    /// <summary>What went wrong, or null.</summary>
    ApiException? Error { get; }
}

/// <summary>An answer with content.</summary>
public interface IApiResponse<out T> : IApiResponse
{
    /// <inheritdoc cref="IApiResponse.Error" />
    new ApiException? Error { get; }

    /// <inheritdoc cref="IApiResponse.ContentHeaders" />
    new HttpContentHeaders? ContentHeaders { get; }

    /// <inheritdoc cref="IApiResponse.IsSuccessStatusCode" />
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    new bool IsSuccessStatusCode { get; }

    /// <inheritdoc cref="IApiResponse.IsSuccessful" />
    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    new bool IsSuccessful { get; }

    /// <summary>The content; null where the answer is no success.</summary>
    T? Content { get; }
}

/// <summary>An answer with content.</summary>
public sealed class ApiResponse<T>(
    HttpResponseMessage response, T? content, RefitSettings settings, ApiException? error = null) : IApiResponse<T>
{
    private readonly HttpResponseMessage _response = response ?? throw new ArgumentNullException(nameof(response));

    /// <inheritdoc />
    public T? Content { get; } = content;

    /// <summary>The settings of the client.</summary>
    public RefitSettings Settings { get; } = settings;

    /// <inheritdoc />
    public HttpResponseHeaders Headers => _response.Headers;

    /// <inheritdoc cref="IApiResponse.ContentHeaders" />
    public HttpContentHeaders? ContentHeaders => _response.Content.Headers;

    /// <inheritdoc cref="IApiResponse.IsSuccessStatusCode" />
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
#pragma warning disable CS8775 // The pipeline makes an Error for every answer that is no success.
    public bool IsSuccessStatusCode => _response.IsSuccessStatusCode;

    /// <inheritdoc cref="IApiResponse.IsSuccessful" />
    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccessful => IsSuccessStatusCode && Error is null;
#pragma warning restore CS8775

    /// <inheritdoc />
    public string? ReasonPhrase => _response.ReasonPhrase;

    /// <inheritdoc />
    public HttpRequestMessage? RequestMessage => _response.RequestMessage;

    /// <inheritdoc />
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <inheritdoc />
    public Version Version => _response.Version;

    /// <inheritdoc cref="IApiResponse.Error" />
    public ApiException? Error { get; } = error;

    /// <inheritdoc />
    public void Dispose() => _response.Dispose();

    /// <summary>Throws unless the status is 2xx.</summary>
    public async Task<ApiResponse<T>> EnsureSuccessStatusCodeAsync() =>
        IsSuccessStatusCode ? this : throw await FailAsync().ConfigureAwait(false);

    /// <summary>Throws unless the status is 2xx and the content could be read.</summary>
    public async Task<ApiResponse<T>> EnsureSuccessfulAsync() =>
        IsSuccessful ? this : throw await FailAsync().ConfigureAwait(false);

    private async Task<ApiException> FailAsync()
    {
        var request = _response.RequestMessage!;
        var exception = Error
            ?? await ApiException.Create(request, request.Method, _response, Settings).ConfigureAwait(false);
        Dispose();
        return exception;
    }
}
