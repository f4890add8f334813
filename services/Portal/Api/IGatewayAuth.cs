using Refit;

namespace Performance.Portal.Api;

/// <summary>Renewal of a token that the caller holds.</summary>
public interface IGatewayAuth
{
    [Post("/auth/renew")]
    Task<RenewedToken> RenewAsync([Authorize("Bearer")] string token, CancellationToken cancel);
}

public sealed record RenewedToken(string AccessToken, DateTimeOffset ExpiresAt);
