using Microsoft.AspNetCore.Authentication;

namespace Performance.Gateway;

/// <summary>
/// <c>POST /auth/logout</c>: ends the session of the cookie or of the token. A form is sent to the start page.
/// </summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/auth/logout", Handle)
        .AllowAnonymous().Produces(204);

    private static async Task<IResult> Handle(HttpContext http, SessionStore sessions, CancellationToken cancel)
    {
        if (TokenSource.SessionOf(http) is { } session)
        {
            await sessions.EndAsync(session, cancel);
        }

        // A bearer beside the cookie: both end.
        if ((await http.AuthenticateAsync(Session.Scheme)).Succeeded && http.Features.Get<Session>() is { } byCookie)
        {
            await sessions.EndAsync(byCookie.Id, cancel);
        }

        SessionCookie.Delete(http);
        return http.Request.HasFormContentType ? Results.LocalRedirect("/") : Results.NoContent();
    }
}
