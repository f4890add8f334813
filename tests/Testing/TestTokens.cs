using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Performance.ServiceDefaults.Identity;

namespace Performance.Testing;

/// <summary>
/// Signs tokens as the gateway does, with a key of its own: give <see cref="KeysJson"/> to the service under test as
/// the setting <c>Auth:Keys</c>, and send what <see cref="For"/> answers as <c>Authorization: Bearer</c>.
/// </summary>
public sealed class TestTokens
{
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public TestTokens(string keyId = "test-key")
    {
        key.KeyId = keyId;
        var point = key.ECDsa.ExportParameters(false).Q;
        KeysJson = JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new
                {
                    kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = keyId,
                    x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y)
                }
            }
        });
    }

    /// <summary>One key for tests that do not care which.</summary>
    public static TestTokens Shared { get; } = new();

    /// <summary>The public key as a JSON web key set.</summary>
    public string KeysJson { get; }

    /// <summary>A valid token, unless an argument spoils it.</summary>
    public string For(
        string userName,
        IEnumerable<string> roles,
        Guid? agentId = null,
        IEnumerable<string>? teams = null,
        string? department = null,
        TimeSpan? lifetime = null,
        string audience = TokenAuthentication.Audience,
        string issuer = TokenAuthentication.Issuer,
        SigningCredentials? signedBy = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var expires = now + (lifetime ?? TimeSpan.FromMinutes(15));
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = expires < now ? expires.AddMinutes(-15) : now,
            NotBefore = expires < now ? expires.AddMinutes(-15) : now,
            Expires = expires,
            Claims = Claims(userName, roles, agentId, teams, department),
            SigningCredentials = signedBy ?? new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256)
        };
        return new JsonWebTokenHandler().CreateToken(descriptor);
    }

    public string Agent(Guid agentId, string userName = "agent") => For(userName, [Roles.Agent], agentId);

    public string TeamLead(params string[] teams) => For("team-lead", [Roles.TeamLead], teams: teams);

    public string Supervisor(params string[] teams) => For("supervisor", [Roles.Supervisor], teams: teams);

    public string DepartmentHead(string department) => For("head", [Roles.DepartmentHead], department: department);

    public string Admin(string userName = "admin") => For(userName, [Roles.Admin]);

    public string Integration(string userName = "integration") => For(userName, [Roles.Integration]);

    /// <summary>A token of the role with no scope but what is given; for role matrices.</summary>
    public string OfRole(string role, Guid? agentId = null, string[]? teams = null, string? department = null) =>
        For(role, [role], agentId, teams, department);

    /// <summary>An admin's token that expired an hour ago.</summary>
    public string Expired() => For("admin", [Roles.Admin], lifetime: TimeSpan.FromHours(-1));

    /// <summary>An admin's token for somebody else's audience.</summary>
    public string WrongAudience() => For("admin", [Roles.Admin], audience: "elsewhere");

    /// <summary>An admin's token of another issuer.</summary>
    public string WrongIssuer() => For("admin", [Roles.Admin], issuer: "elsewhere");

    /// <summary>An admin's token signed by a stranger who uses the same key id.</summary>
    public string WrongKey() => new TestTokens(key.KeyId).Admin();

    /// <summary>An admin's token that says <c>alg: none</c> and has no signature.</summary>
    public string Unsigned()
    {
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        return $"{header}.{Admin().Split('.')[1]}.";
    }

    /// <summary>An admin's token signed HS256 with the public key as the secret (the key confusion attack).</summary>
    public string SignedWithPublicKey()
    {
        var header = Base64UrlEncoder.Encode($$"""{"alg":"HS256","typ":"JWT","kid":"{{key.KeyId}}"}""");
        var signed = $"{header}.{Admin().Split('.')[1]}";
        var mac = HMACSHA256.HashData(key.ECDsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64UrlEncoder.Encode(mac)}";
    }

    /// <summary>An agent's token whose claims were rewritten to admin after signing.</summary>
    public string Tampered()
    {
        var parts = Agent(Guid.Empty).Split('.');
        return $"{parts[0]}.{Admin().Split('.')[1]}.{parts[2]}";
    }

    /// <summary>Every token that nobody may accept, by what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string> Hostile() => new Dictionary<string, string>
    {
        ["expired"] = Expired(),
        ["wrong audience"] = WrongAudience(),
        ["wrong issuer"] = WrongIssuer(),
        ["wrong key"] = WrongKey(),
        ["unsigned"] = Unsigned(),
        ["signed with the public key"] = SignedWithPublicKey(),
        ["tampered"] = Tampered(),
        ["garbage"] = "not.a.token",
        ["empty parts"] = ".."
    };

    private static Dictionary<string, object> Claims(
        string userName, IEnumerable<string> roles, Guid? agentId, IEnumerable<string>? teams, string? department)
    {
        var claims = new Dictionary<string, object>
        {
            [TokenClaims.Subject] = userName,
            [TokenClaims.Role] = roles.ToArray()
        };
        if (agentId is { } agent)
        {
            claims[TokenClaims.AgentId] = agent.ToString();
        }

        if (teams?.ToArray() is { Length: > 0 } scope)
        {
            claims[TokenClaims.Team] = scope;
        }

        if (department is not null)
        {
            claims[TokenClaims.Department] = department;
        }

        return claims;
    }
}
