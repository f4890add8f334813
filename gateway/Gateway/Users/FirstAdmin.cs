using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary>
/// The first start makes the user <c>admin</c>, with PERFORMANCE_ADMIN_PASSWORD or a generated password. Later starts
/// change nothing: whoever is admin then has chosen a password.
/// </summary>
internal static class FirstAdmin
{
    private const string Name = "admin";

    public static async Task CreateAsync(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await using (var any = database.CreateCommand("select exists (select from users)"))
        {
            if (await any.ExecuteScalarAsync(cancel) is true)
            {
                return;
            }
        }

        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FirstAdmin).FullName!);
        var chosen = services.GetRequiredService<IConfiguration>()["PERFORMANCE_ADMIN_PASSWORD"];
        var password = string.IsNullOrEmpty(chosen) ? Secrets.New()[..20] : chosen;
        var admin = new UserForm(Name, null, "Administrator", [Roles.Admin], null, null, null).Checked();
        var hash = services.GetRequiredService<Passwords>().Hash(password);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (!await CreateUser.InsertAsync(database, admin, hash, null, now, cancel))
        {
            // Another replica was faster; its password counts.
            return;
        }

        if (password == chosen)
        {
            if (Passwords.Weakness(chosen, Name) is { } weakness)
            {
                logger.LogWarning("PERFORMANCE_ADMIN_PASSWORD {Weakness}; change it after signing in", weakness);
            }

            return;
        }

        var folder = services.GetRequiredService<KeysFolder>();
        var path = await folder.WriteAsync("admin-password", password + "\n", cancel);
        logger.LogWarning("The first sign-in is {User}; its generated password is in {Path}", Name, path);
        // Not through the log, which may be sent elsewhere and kept: only to whoever watches this first start.
        await Console.Out.WriteLineAsync($"""

            ==============================================================
              First sign-in: {Name}   password: {password}
              (shown this once; also in {path})
            ==============================================================

            """);
    }
}
