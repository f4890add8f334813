using Npgsql;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>What the use cases of users share.</summary>
internal static class Accounts
{
    public static async Task<User?> FindAsync(
        NpgsqlDataSource database, string userName, CancellationToken cancel)
    {
        await using var select = database.CreateCommand($"select {User.Columns} from users u where user_name = $1");
        select.Parameters.AddWithValue(userName);
        await using var row = await select.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? User.Read(row) : null;
    }

    /// <summary>The user, locked until the transaction ends; changes of users go one after another.</summary>
    public static async Task<User> LockAsync(
        NpgsqlConnection connection, string userName, CancellationToken cancel)
    {
        // One lock for all users: two admins who remove each other at once must not leave none.
        await using (var alone = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('users'))", connection))
        {
            await alone.ExecuteNonQueryAsync(cancel);
        }

        await using var select = new NpgsqlCommand(
            $"select {User.Columns} from users u where user_name = $1", connection);
        select.Parameters.AddWithValue(userName.ToLowerInvariant());
        await using var row = await select.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? User.Read(row)
            : throw new NotFoundException($"There is no user {userName}.");
    }

    /// <exception cref="DomainException">Without this user nobody could administer the system.</exception>
    public static async Task KeepAnAdminAsync(NpgsqlConnection connection, string without, CancellationToken cancel)
    {
        await using var count = new NpgsqlCommand("""
            select exists (select from users where 'admin' = any (roles) and not disabled and user_name <> $1)
            """, connection);
        count.Parameters.AddWithValue(without);
        if (await count.ExecuteScalarAsync(cancel) is not true)
        {
            throw new DomainException("This is the last admin.");
        }
    }

    /// <summary>200 or 201 with the user's version as the ETag.</summary>
    public static IResult Answer(HttpResponse response, User user, string? location = null)
    {
        response.Headers.ETag = $"\"{user.Version}\"";
        return location is null ? Results.Ok(user) : Results.Created(location, user);
    }
}
