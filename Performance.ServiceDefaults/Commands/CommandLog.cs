using Marten;
using Npgsql;

namespace Performance.ServiceDefaults.Commands;

/// <summary>
/// Which Idempotency-Key made which events: table <c>command_log</c>, written in the transaction of the events, so
/// that a repeated request finds either both or neither.
/// </summary>
internal static class CommandLog
{
    /// <summary>SQL for a session; parameters: user, key, command, stream, version.</summary>
    public const string Insert = """
        insert into command_log (user_name, key, command, stream_id, version) values (?, ?, ?, ?, ?)
        """;

    public static async Task CreateTableAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand("""
            select pg_advisory_xact_lock(hashtext('command_log'));
            create table if not exists command_log (
                user_name text not null,
                key text not null,
                command text not null,
                stream_id uuid not null,
                version bigint not null,
                recorded_at timestamptz not null default now(),
                primary key (user_name, key));
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<CommandLogEntry?> FindAsync(
        IQuerySession session, string user, string key, CancellationToken cancel)
    {
        await using var find = new NpgsqlCommand(
            "select command, stream_id, version from command_log where user_name = $1 and key = $2");
        find.Parameters.Add(new() { Value = user });
        find.Parameters.Add(new() { Value = key });
        await using var reader = await session.ExecuteReaderAsync(find, cancel);
        return await reader.ReadAsync(cancel)
            ? new CommandLogEntry(
                await reader.GetFieldValueAsync<string>(0, cancel),
                await reader.GetFieldValueAsync<Guid>(1, cancel),
                await reader.GetFieldValueAsync<long>(2, cancel))
            : null;
    }

    /// <summary>The sequence number of a stream's version; what the first answer said.</summary>
    public static async Task<long> SequenceAsync(
        IQuerySession session, Guid stream, long version, CancellationToken cancel)
    {
        await using var find = new NpgsqlCommand("select seq_id from mt_events where stream_id = $1 and version = $2");
        find.Parameters.Add(new() { Value = stream });
        find.Parameters.Add(new() { Value = version });
        await using var reader = await session.ExecuteReaderAsync(find, cancel);
        return await reader.ReadAsync(cancel) ? await reader.GetFieldValueAsync<long>(0, cancel) : 0;
    }
}

/// <summary>A done command.</summary>
internal sealed record CommandLogEntry(string Command, Guid Stream, long Version);
