using Npgsql;

namespace Performance.Gateway;

/// <summary>Starts, finds and ends sessions in the database. The cookie's secret is kept only as a hash.</summary>
internal sealed class SessionStore(NpgsqlDataSource database, TimeProvider clock, TokenSettings settings)
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(5);

    /// <summary>A new session, and the secret for its cookie.</summary>
    public async Task<(Session Session, string Secret)> StartAsync(User user, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var secret = Secrets.New();
        var session = new Session(Guid.NewGuid(), user, now + settings.SessionIdle);
        await using var insert = database.CreateCommand("""
            insert into sessions (session_id, secret_hash, user_name, created_at, seen_at, expires_at)
            values ($1, $2, $3, $4, $4, $5)
            """);
        insert.Parameters.AddWithValue(session.Id);
        insert.Parameters.AddWithValue(Secrets.Hash(secret));
        insert.Parameters.AddWithValue(user.UserName);
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(session.ExpiresAt);
        await insert.ExecuteNonQueryAsync(cancel);
        return (session, secret);
    }

    /// <summary>The living session of a cookie; its idle time starts anew.</summary>
    public Task<Session?> FindAsync(byte[] secretHash, CancellationToken cancel) =>
        FindAsync("s.secret_hash = $2", secretHash, cancel);

    /// <summary>The living session that a token names.</summary>
    public Task<Session?> FindAsync(Guid sessionId, CancellationToken cancel) =>
        FindAsync("s.session_id = $2", sessionId, cancel);

    /// <summary>Ends one session.</summary>
    public async Task EndAsync(Guid sessionId, CancellationToken cancel)
    {
        await using var delete = database.CreateCommand("delete from sessions where session_id = $1");
        delete.Parameters.AddWithValue(sessionId);
        await delete.ExecuteNonQueryAsync(cancel);
    }

    private async Task<Session?> FindAsync(string condition, object value, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        Session session;
        DateTimeOffset createdAt;
        await using (var select = database.CreateCommand($"""
            select {User.Columns}, s.session_id, s.expires_at, s.seen_at, s.created_at
            from sessions s join users u using (user_name)
            where s.expires_at > $1 and not u.disabled and {condition}
            """))
        {
            select.Parameters.AddWithValue(now);
            select.Parameters.AddWithValue(value);
            await using var row = await select.ExecuteReaderAsync(cancel);
            if (!await row.ReadAsync(cancel))
            {
                return null;
            }

            session = new Session(row.GetGuid(9), User.Read(row), row.GetFieldValue<DateTimeOffset>(10));
            if (now - row.GetFieldValue<DateTimeOffset>(11) < TouchEvery)
            {
                return session;
            }

            createdAt = row.GetFieldValue<DateTimeOffset>(12);
        }

        return await TouchAsync(session, createdAt, now, cancel);
    }

    private async Task<Session> TouchAsync(
        Session session, DateTimeOffset createdAt, DateTimeOffset now, CancellationToken cancel)
    {
        var idle = now + settings.SessionIdle;
        var longest = createdAt + settings.SessionLongest;
        var touched = session with { ExpiresAt = idle < longest ? idle : longest };
        await using var update = database.CreateCommand(
            "update sessions set seen_at = $2, expires_at = $3 where session_id = $1");
        update.Parameters.AddWithValue(session.Id);
        update.Parameters.AddWithValue(now);
        update.Parameters.AddWithValue(touched.ExpiresAt);
        await update.ExecuteNonQueryAsync(cancel);
        return touched;
    }
}
