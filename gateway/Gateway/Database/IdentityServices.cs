using Npgsql;

namespace Performance.Gateway;

/// <summary>Puts together everything around the identity database.</summary>
internal static class IdentityServices
{
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => NpgsqlDataSource.Create(Connection(builder.Configuration).ConnectionString));
        services.AddSingleton(builder.Configuration.GetSection("Tokens").Get<TokenSettings>() ?? new TokenSettings());
        services.AddSingleton<KeysFolder>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionCache>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<WrongPasswords>();
        services.AddGatewayAuthentication();
        services.AddAuthorization(GatewayPolicies.AddTo);
        services.AddHostedService<IdentityListener>();
        services.AddHostedService<Housekeeping>();
        services.AddExceptionHandler<DatabaseAway>();
    }

    /// <summary>
    /// How to reach the identity database. Sessions are remembered and tokens need no look-up, so a small pool does,
    /// and leaves the server's connections to the services.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Connection(IConfiguration configuration)
    {
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("identity")
            ?? throw new InvalidOperationException("The connection string 'identity' is missing."));
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, 20);
        return settings;
    }

    /// <summary>Tables, signing keys and the first admin are there before the first request.</summary>
    public static async Task PrepareIdentityAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        await IdentitySchema.CreateAsync(database, clock, stopping);
        await app.Services.GetRequiredService<SigningKeys>().RefreshAsync(stopping);
        await FirstAdmin.CreateAsync(app.Services, stopping);
    }

    /// <summary>The gateway's own endpoints.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        SignIn.Map(app);
        SignOut.Map(app);
        WhoAmI.Map(app);
        ChangePassword.Map(app);
        ExchangeKey.Map(app);
        RenewToken.Map(app);
        PublishKeys.Map(app);
        ListUsers.Map(app);
        CreateUser.Map(app);
        ChangeUser.Map(app);
        DeleteUser.Map(app);
        ListKeys.Map(app);
        CreateKey.Map(app);
        RevokeKey.Map(app);
    }
}
