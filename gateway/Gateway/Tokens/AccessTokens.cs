using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary>A signed token and when it ends.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset ExpiresAt);

/// <summary>Signs tokens for users and integrations.</summary>
internal sealed class AccessTokens(SigningKeys keys, TimeProvider clock, TokenSettings settings)
{
    /// <summary>Claim: the session that a token may be renewed with.</summary>
    public const string SessionClaim = "sid";

    /// <summary>Claim: the API key that a token may be renewed with.</summary>
    public const string KeyClaim = "key";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public AccessToken Sign(IReadOnlyDictionary<string, object> claims)
    {
        var now = clock.GetUtcNow();
        // Whole seconds, as in the token.
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + settings.Lifetime).ToUnixTimeSeconds());
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenAuthentication.Issuer,
            Audience = TokenAuthentication.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = new Dictionary<string, object>(claims),
            SigningCredentials = keys.Signer()
        });
        return new AccessToken(token, expires);
    }

    /// <summary>A token of a session.</summary>
    public AccessToken Sign(User user, Guid sessionId)
    {
        var claims = user.Claims();
        claims[SessionClaim] = sessionId.ToString();
        return Sign(claims);
    }

    /// <summary>The user name in an integration's tokens; no person's name has a colon.</summary>
    public static string IntegrationName(string name) => $"integration:{name}";

    /// <summary>A token of an API key.</summary>
    public AccessToken SignForKey(Guid keyId, string name) => Sign(new Dictionary<string, object>
    {
        [TokenClaims.Subject] = IntegrationName(name),
        [TokenClaims.Role] = new[] { Roles.Integration },
        [KeyClaim] = keyId.ToString()
    });
}
