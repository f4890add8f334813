using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Performance.ServiceDefaults.Identity;

namespace Performance.Portal.Fakes;

/// <summary>Signs tokens as the gateway does, with a key of its own.</summary>
internal sealed class TestKeys
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    /// <summary>For the setting <c>Auth:Keys</c>.</summary>
    public string KeySet
    {
        get
        {
            var q = _key.ECDsa.ExportParameters(false).Q;
            return JsonSerializer.Serialize(new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = "test",
                        x = Base64UrlEncoder.Encode(q.X!), y = Base64UrlEncoder.Encode(q.Y!)
                    }
                }
            });
        }
    }

    public (string Token, DateTimeOffset Expires) Sign(Person person, TimeSpan lifetime)
    {
        var expires = TimeProvider.System.GetUtcNow() + lifetime;
        var claims = new List<Claim> { new(TokenClaims.Subject, person.UserName) };
        claims.AddRange(person.Roles.Select(role => new Claim(TokenClaims.Role, role)));
        if (person.AgentId is { } agent)
        {
            claims.Add(new Claim(TokenClaims.AgentId, agent.ToString()));
        }

        if (person.Department is { } department)
        {
            claims.Add(new Claim(TokenClaims.Department, department));
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenAuthentication.Issuer,
            Audience = TokenAuthentication.Audience,
            Subject = new ClaimsIdentity(claims),
            NotBefore = expires.UtcDateTime - TimeSpan.FromHours(2),
            IssuedAt = expires.UtcDateTime - TimeSpan.FromHours(2),
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256)
        });
        return (token, expires);
    }
}

/// <summary>Somebody who can sign in; the password is the user name.</summary>
internal sealed record Person(string UserName, string[] Roles, Guid? AgentId = null, string? Department = null);
