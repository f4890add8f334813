using System.Security.Claims;
using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary><c>GET /auth/me</c>: who is signed in, from the user's record as it is now.</summary>
internal static class WhoAmI
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/auth/me", Handle)
        .RequireAuthorization(GatewayPolicies.SignedIn).Produces<SignedInUser>().ProducesProblem(401);

    private static async Task<IResult> Handle(
        ClaimsPrincipal caller, NpgsqlDataSource database, CancellationToken cancel)
    {
        var current = CurrentUser.From(caller);
        if (await Accounts.FindAsync(database, current.UserName, cancel) is { Disabled: false } user)
        {
            return Results.Ok(SignedInUser.From(user));
        }

        // An integration has no record, only a key.
        return current.Roles.Contains(Roles.Integration)
            ? Results.Ok(new SignedInUser(current.UserName, null, [.. current.Roles], null, [], null))
            : Results.Problem(statusCode: 401, title: "This user may no longer sign in.");
    }
}
