using System.Collections.Frozen;
using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.ServiceDefaults.Directory;

/// <summary>
/// A service's mirror of CoachingService's agent directory: table <c>agent_directory</c> in the service's own
/// database, kept by the coaching feed, read for names and to decide whose data somebody may touch.
/// </summary>
public sealed class AgentDirectory(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How stale a cached copy may be: a team change shows within this time on every replica.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private volatile Snapshot snapshot = new(FrozenDictionary<Guid, DirectoryEntry>.Empty, DateTimeOffset.MinValue);

    /// <summary>Creates the table; called at start-up before anything reads it.</summary>
    public static async Task CreateTableAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand("""
            select pg_advisory_xact_lock(hashtext('agent_directory'));
            create table if not exists agent_directory (
                agent_id uuid primary key,
                name text not null,
                email text,
                team_id text,
                department_id text,
                country text,
                active boolean not null default true,
                merged_into uuid);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>SQL for a session's QueueSqlCommand; parameters: the members of AgentChanged in their order.</summary>
    public const string Upsert = """
        insert into agent_directory (agent_id, name, email, team_id, department_id, country, active)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (agent_id) do update set name = excluded.name, email = excluded.email,
            team_id = excluded.team_id, department_id = excluded.department_id,
            country = excluded.country, active = excluded.active
        """;

    /// <summary>SQL for a session's QueueSqlCommand; parameters: kept, merged, merged, merged.</summary>
    public const string Merge = """
        update agent_directory set merged_into = ?, active = active and agent_id <> ?
        where agent_id = ? or merged_into = ?
        """;

    /// <summary>Every agent, at most a second old.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, DirectoryEntry>> AllAsync(CancellationToken cancel)
    {
        var current = snapshot;
        var now = clock.GetUtcNow();
        if (now - current.ReadAt < Freshness)
        {
            return current.Entries;
        }

        var entries = new Dictionary<Guid, DirectoryEntry>();
        await using var read = database.CreateCommand(
            "select agent_id, name, email, team_id, department_id, country, active, merged_into from agent_directory");
        await using var reader = await read.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var entry = new DirectoryEntry(
                reader.GetGuid(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), Text(reader, 4),
                Text(reader, 5), reader.GetBoolean(6), reader.IsDBNull(7) ? null : reader.GetGuid(7));
            entries[entry.AgentId] = entry;
        }

        snapshot = new Snapshot(entries.ToFrozenDictionary(), now);
        return snapshot.Entries;
    }

    /// <summary>One agent, or null.</summary>
    public async ValueTask<DirectoryEntry?> FindAsync(Guid agentId, CancellationToken cancel) =>
        (await AllAsync(cancel)).GetValueOrDefault(agentId);

    /// <summary>
    /// The agents whose data this user may see, or null for all of them (admins): the own record; a supervisor's
    /// teams; a department head's department.
    /// </summary>
    public async ValueTask<IReadOnlySet<Guid>?> VisibleToAsync(CurrentUser user, CancellationToken cancel) =>
        user.IsAdmin ? null : (await AllAsync(cancel)).Values.Where(a => MaySee(user, a)).Select(a => a.AgentId)
            .Concat(user.AgentId is { } self ? [self] : []).ToHashSet();

    /// <summary>The agents whom this user supervises (may excuse, coach, record attendance for); null for
    /// all.</summary>
    public async ValueTask<IReadOnlySet<Guid>?> SupervisedByAsync(CurrentUser user, CancellationToken cancel) =>
        user.IsAdmin ? null : (await AllAsync(cancel)).Values.Where(a => Supervises(user, a)).Select(a => a.AgentId)
            .ToHashSet();

    private static bool MaySee(CurrentUser user, DirectoryEntry agent) =>
        Supervises(user, agent)
        || (user.IsDepartmentHead && agent.DepartmentId is { } department && department == user.Department);

    private static bool Supervises(CurrentUser user, DirectoryEntry agent) =>
        user.IsSupervisor && agent.TeamId is { } team && user.Teams.Contains(team);

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed record Snapshot(FrozenDictionary<Guid, DirectoryEntry> Entries, DateTimeOffset ReadAt);
}
