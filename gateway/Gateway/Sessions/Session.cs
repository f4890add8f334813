using System.Security.Claims;

namespace Performance.Gateway;

/// <summary>A sign-in that lives in a browser's cookie.</summary>
/// <param name="Id">Names the session without giving it away; stands in its tokens.</param>
/// <param name="User">Who signed in, as of the last look into the database.</param>
/// <param name="ExpiresAt">When it ends, unless it is used before.</param>
internal sealed record Session(Guid Id, User User, DateTimeOffset ExpiresAt)
{
    /// <summary>The authentication scheme of requests that carry the cookie.</summary>
    public const string Scheme = "Session";

    /// <summary>What the endpoints see as the user of the request.</summary>
    public ClaimsPrincipal Principal { get; } = User.Principal(Scheme);
}
