using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Performance.Gateway;

/// <summary>A bearer token if there is an Authorization header, else the cookie; checked with our own keys.</summary>
internal static class Authentication
{
    private const string Scheme = "BearerOrSession";

    public static void AddGatewayAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count > 0 ? JwtBearerDefaults.AuthenticationScheme : Session.Scheme)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(Session.Scheme, null);
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, OwnKeys>();
    }

    private sealed class OwnKeys(SigningKeys keys, TimeProvider clock) : IPostConfigureOptions<JwtBearerOptions>
    {
        public void PostConfigure(string? name, JwtBearerOptions options)
        {
            // The services ask us for the keys; we need not ask anybody.
            options.ConfigurationManager = null;
            var checks = options.TokenValidationParameters;
            checks.IssuerSigningKeyResolver = (_, _, id, _) => keys.Find(id) is { } key ? [key] : [];
            checks.LifetimeValidator = (from, until, _, _) =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                return until is not null && now < until + checks.ClockSkew && !(from > now + checks.ClockSkew);
            };
        }
    }
}
