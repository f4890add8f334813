using Microsoft.AspNetCore.Authorization;

namespace Performance.Gateway;

/// <summary>Policies besides those of all services.</summary>
internal static class GatewayPolicies
{
    /// <summary>Anybody with a valid token or session, whatever the role.</summary>
    public const string SignedIn = "signed-in";

    public static void AddTo(AuthorizationOptions options) =>
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
}
