namespace Refit;

internal interface IAnswerReader
{
    Task Run(HttpClient client, HttpRequestMessage request, bool buffered, CancellationToken cancel);
}

/// <summary>Sends requests whose answer's content is of no interest.</summary>
internal sealed class AnswerReader(RefitSettings settings)
{
    public static Type ContentOf(Type result) => result switch
    {
        _ when result == typeof(IApiResponse) => typeof(HttpContent),
        { IsGenericType: true } when result.GetGenericTypeDefinition() is var open
            && (open == typeof(ApiResponse<>) || open == typeof(IApiResponse<>)) => result.GetGenericArguments()[0],
        _ => result
    };

    public async Task RunAsync(HttpClient client, HttpRequestMessage request, bool buffered, CancellationToken cancel)
    {
        using (request)
        {
            using var response = await SendAsync(client, request, buffered, cancel).ConfigureAwait(false);
            if (await settings.ExceptionFactory(response).ConfigureAwait(false) is { } exception)
                throw exception;
        }
    }

    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpRequestMessage request, bool buffered, CancellationToken cancel)
    {
        if (client.BaseAddress is null)
            throw new InvalidOperationException("BaseAddress must be set on the HttpClient instance");

        if (buffered && request.Content is { } body)
            await body.LoadIntoBufferAsync(cancel).ConfigureAwait(false);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
    }
}

/// <summary>Sends requests and reads <typeparamref name="TContent"/> out of the answer.</summary>
internal sealed class AnswerReader<TResult, TContent>(RefitSettings settings) : IAnswerReader
{
    private static readonly bool KeepsResponse = typeof(TContent) == typeof(Stream)
        || typeof(TContent) == typeof(HttpContent) || typeof(TContent) == typeof(HttpResponseMessage)
        || typeof(IApiResponse).IsAssignableFrom(typeof(TResult));

    public Task Run(HttpClient client, HttpRequestMessage request, bool buffered, CancellationToken cancel) =>
        RunAsync(client, request, buffered, cancel);

    private async Task<TResult?> RunAsync(
        HttpClient client, HttpRequestMessage request, bool buffered, CancellationToken cancel)
    {
        var response = await AnswerReader.SendAsync(client, request, buffered, cancel).ConfigureAwait(false);
        var keep = false;
        try
        {
            if (typeof(TResult) == typeof(HttpResponseMessage))
            {
                keep = true;
                return (TResult)(object)response;
            }

            var error = await settings.ExceptionFactory(response).ConfigureAwait(false);
            var content = default(TContent);
            if (error is null)
                (content, error) = await TryReadAsync(response, cancel).ConfigureAwait(false);

            keep = KeepsResponse;
            if (typeof(IApiResponse).IsAssignableFrom(typeof(TResult)))
                return (TResult)(object)new ApiResponse<TContent>(response, content, settings, error as ApiException);

            if (error is null)
                return (TResult?)(object?)content;

            keep = true; // the exception shows headers and request of the answer
            throw error;
        }
        finally
        {
            if (!keep)
                response.Dispose();
        }
    }

    private async Task<(TContent?, Exception?)> TryReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return (await ReadAsync(response.Content, cancel).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (settings.DeserializationExceptionFactory is { } factory)
                return (default, await factory(response, e).ConfigureAwait(false));

            var request = response.RequestMessage!;
            return (default, await ApiException.Create("An error occured deserializing the response.", request,
                request.Method, response, settings, e).ConfigureAwait(false));
        }
    }

    private async Task<TContent?> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        if (typeof(TContent) == typeof(HttpContent))
            return (TContent)(object)content;
        if (typeof(TContent) == typeof(Stream))
            return (TContent)(object)await content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        if (typeof(TContent) == typeof(string))
            return (TContent)(object)await content.ReadAsStringAsync(cancel).ConfigureAwait(false);

        return await settings.ContentSerializer.FromHttpContentAsync<TContent>(content, cancel).ConfigureAwait(false);
    }
}
