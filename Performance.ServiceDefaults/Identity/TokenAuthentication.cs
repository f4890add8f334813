using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Performance.ServiceDefaults.Identity;

/// <summary>
/// Every service checks tokens itself: the gateway is not the only wall. The gateway signs with ES256 and publishes
/// its public keys; a key that is not known yet makes the service fetch them again.
/// </summary>
public static class TokenAuthentication
{
    public const string Issuer = "performance";
    public const string Audience = "performance";
    public const string KeysPath = "/.well-known/jwks.json";

    /// <summary>
    /// Adds bearer authentication and the policies of <see cref="Policies"/>. Settings: <c>Auth:Keys</c>, a JSON web
    /// key
    /// set given outright (tests), else the gateway's, found by service discovery.
    /// </summary>
    public static TBuilder AddTokenAuthentication<TBuilder>(this TBuilder builder)
        where TBuilder : Microsoft.Extensions.Hosting.IHostApplicationBuilder
    {
        var inlineKeys = builder.Configuration["Auth:Keys"];
        var address = ServiceAddress.Of(builder.Configuration, "gateway") + KeysPath;
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.ConfigurationManager = inlineKeys is null
                ? new ConfigurationManager<OpenIdConnectConfiguration>(
                    address, new KeySetRetriever(), new HttpDocumentRetriever { RequireHttps = false })
                {
                    // How soon after a miss the keys may be asked for again: a key rotation shows within seconds.
                    RefreshInterval = TimeSpan.FromSeconds(5)
                }
                : new StaticConfigurationManager<OpenIdConnectConfiguration>(KeySetRetriever.Parse(inlineKeys));
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = Audience,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                NameClaimType = TokenClaims.Subject,
                RoleClaimType = TokenClaims.Role,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                ClockSkew = TimeSpan.FromSeconds(30)
            };
        });
        builder.Services.AddAuthorization(Policies.AddTo);
        builder.Services.AddHttpContextAccessor();
        return builder;
    }

    private sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
            string address, IDocumentRetriever retriever, CancellationToken cancel) =>
            Parse(await retriever.GetDocumentAsync(address, cancel));

        public static OpenIdConnectConfiguration Parse(string json)
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
            foreach (var key in new JsonWebKeySet(json).GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }

            return configuration;
        }
    }
}
