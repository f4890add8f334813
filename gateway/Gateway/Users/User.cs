using System.Security.Claims;
using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary>Who may sign in, and as what. Also what the admin API answers.</summary>
internal sealed record User(
    string UserName,
    string? DisplayName,
    IReadOnlyList<string> Roles,
    Guid? AgentId,
    IReadOnlyList<string> Teams,
    string? Department,
    bool Disabled,
    int Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns =
        "u.user_name, u.display_name, u.roles, u.agent_id, u.teams, u.department, u.disabled, u.version, u.created_at";

    public static User Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.GetFieldValue<string[]>(2),
        row.IsDBNull(3) ? null : row.GetGuid(3),
        row.GetFieldValue<string[]>(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetBoolean(6),
        row.GetInt32(7),
        row.GetFieldValue<DateTimeOffset>(8));

    /// <summary>The claims of a token for this user.</summary>
    public Dictionary<string, object> Claims()
    {
        var claims = new Dictionary<string, object>
        {
            [TokenClaims.Subject] = UserName,
            [TokenClaims.Role] = Roles.ToArray()
        };
        if (AgentId is { } agent)
        {
            claims[TokenClaims.AgentId] = agent.ToString();
        }

        if (Teams.Count > 0)
        {
            claims[TokenClaims.Team] = Teams.ToArray();
        }

        if (Department is not null)
        {
            claims[TokenClaims.Department] = Department;
        }

        return claims;
    }

    /// <summary>The same claims for a request that came with a cookie.</summary>
    public ClaimsPrincipal Principal(string scheme) => new(new ClaimsIdentity(
        Claims().SelectMany(claim => claim.Value is string[] many
            ? many.Select(value => new Claim(claim.Key, value))
            : [new Claim(claim.Key, (string)claim.Value)]),
        scheme, TokenClaims.Subject, TokenClaims.Role));
}
