using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Performance.Gateway;

/// <summary>Authenticates a request by its session cookie, and leaves the session's token for the proxy.</summary>
internal sealed class SessionAuthentication(
    SessionCache sessions,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookie.Read(Request) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.FindAsync(secret, Context.RequestAborted) is not var (session, token))
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        Context.Features.Set(session);
        Context.Features.Set(token);
        return AuthenticateResult.Success(new AuthenticationTicket(session.Principal, Session.Scheme));
    }
}
