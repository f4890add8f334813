using System.Globalization;
using Microsoft.AspNetCore.Components.Authorization;
using Performance.Portal.Api;
using Refit;

namespace Performance.Portal.Sessions;

/// <summary>
/// The signed-in person's token, held by the circuit and renewed before it runs out, so that a page may stay open for
/// days. One per circuit.
/// </summary>
public sealed class PortalSession(AuthenticationStateProvider authentication, IGatewayAuth gateway, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private string? _token;
    private DateTimeOffset _expires;
    private bool _ended;

    /// <summary>The sign-in is over (signed out elsewhere, disabled): what was typed stays, but nothing can be
    /// sent.</summary>
    public event Action? Ended;

    public bool HasEnded => _ended;

    /// <summary>A token that is good for a while; null where nobody is signed in.</summary>
    public async ValueTask<string?> TokenAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            await ReadClaimsAsync();
            if (_token is not null && !_ended && time.GetUtcNow() >= RenewAt)
            {
                await RenewAsync(cancel);
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Renews while the circuit lives, also when nobody touches the page.</summary>
    public async Task KeepFreshAsync()
    {
        try
        {
            while (await TokenAsync(_closed.Token) is not null && !_ended)
            {
                var wait = RenewAt - time.GetUtcNow();
                await Task.Delay(wait > RetryAfter ? wait : RetryAfter, time, _closed.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private DateTimeOffset RenewAt => _expires - Early;

    private async Task ReadClaimsAsync()
    {
        if (_token is not null)
        {
            return;
        }

        var user = (await authentication.GetAuthenticationStateAsync()).User;
        _token = user.FindFirst(TokenClaim.Name)?.Value;
        _expires = DateTimeOffset.TryParse(
            user.FindFirst(TokenClaim.Expires)?.Value, CultureInfo.InvariantCulture, out var at) ? at : default;
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        try
        {
            var renewed = await gateway.RenewAsync(_token!, cancel);
            (_token, _expires) = (renewed.AccessToken, renewed.ExpiresAt);
        }
        catch (ApiException e) when ((int)e.StatusCode is 401 or 403)
        {
            _ended = true;
            Ended?.Invoke();
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            // The gateway is away: the old token is used as long as it lasts, and the next call tries again.
        }
    }
}
