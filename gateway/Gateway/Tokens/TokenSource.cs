using System.Security.Claims;

namespace Performance.Gateway;

/// <summary>What the request's token or cookie came from, and so what renews it.</summary>
internal static class TokenSource
{
    public static Guid? SessionOf(HttpContext http) =>
        http.Features.Get<Session>()?.Id ?? Id(http.User, AccessTokens.SessionClaim);

    public static Guid? KeyOf(HttpContext http) => Id(http.User, AccessTokens.KeyClaim);

    private static Guid? Id(ClaimsPrincipal user, string claim) =>
        Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
}
