using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Performance.Portal.Sessions;

/// <summary>
/// The verified token travels with the principal on the server side: a circuit gets the principal of its connection,
/// but not the headers. It never reaches the browser.
/// </summary>
public static class TokenClaim
{
    public const string Name = "portal:token";
    public const string Expires = "portal:expires";

    public static JwtBearerEvents Events() => new()
    {
        OnTokenValidated = context =>
        {
            if (context is { SecurityToken: JsonWebToken token, Principal.Identity: ClaimsIdentity identity })
            {
                identity.AddClaim(new Claim(Name, token.EncodedToken));
                identity.AddClaim(new Claim(Expires, new DateTimeOffset(token.ValidTo).ToString("O")));
            }

            return Task.CompletedTask;
        }
    };
}
