using System.Net.Http.Headers;

namespace Refit;

/// <summary>Fills in the credential of requests that name an authorization scheme.</summary>
internal sealed class AuthorizationHandler(
    Func<HttpRequestMessage, CancellationToken, Task<string>> credential, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Headers.Authorization is { } authorization)
        {
            var value = await credential(request, cancel).ConfigureAwait(false);
            request.Headers.Authorization = new AuthenticationHeaderValue(authorization.Scheme, value);
        }

        return await base.SendAsync(request, cancel).ConfigureAwait(false);
    }
}
