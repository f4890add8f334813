using Npgsql;
using Performance.ServiceDefaults.Directory;

namespace Performance.Tickets.Imports;

/// <summary>
/// Who the names of a source are: table <c>assignee</c>. A name that is new gets a random id; where two records have
/// been merged, the kept one counts.
/// </summary>
internal sealed class ImportAssignees(string source, AgentDirectory directory)
{
    private readonly Dictionary<string, Guid> ids = [];
    private IReadOnlyDictionary<Guid, DirectoryEntry> agents = new Dictionary<Guid, DirectoryEntry>();

    /// <summary>Makes sure that every name has an id.</summary>
    /// <returns>The ids that are new.</returns>
    public async Task<IReadOnlyList<Guid>> LearnAsync(
        NpgsqlTransaction transaction, IEnumerable<string> names, CancellationToken cancel)
    {
        agents = await directory.AllAsync(cancel);
        string[] unknown = [.. names.Distinct().Where(name => !ids.ContainsKey(name))];
        if (unknown.Length == 0)
        {
            return [];
        }

        await using var learn = new NpgsqlCommand("""
            with named as (select name, gen_random_uuid() as agent_id from unnest($2::text[]) as name),
                 added as (insert into assignee (source, name, agent_id) select $1, name, agent_id from named
                           on conflict do nothing returning name, agent_id)
            select name, agent_id, true from added
            union all
            select name, agent_id, false from assignee where source = $1 and name = any ($2)
            """, transaction.Connection, transaction);
        learn.Parameters.Add(new() { Value = source });
        learn.Parameters.Add(new() { Value = unknown });
        var added = new List<Guid>();
        await using var reader = await learn.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            ids[reader.GetString(0)] = reader.GetGuid(1);
            if (reader.GetBoolean(2))
            {
                added.Add(reader.GetGuid(1));
            }
        }

        return added;
    }

    /// <summary>Forgets what was learnt in a transaction that was not committed.</summary>
    public void Forget() => ids.Clear();

    /// <summary>The agent of a name that has been learnt.</summary>
    public Guid? Of(string? name) => name is null ? null : Kept(ids[name]);

    /// <summary>The record that counts for an agent.</summary>
    public Guid? Kept(Guid? agentId) =>
        agentId is { } id && agents.TryGetValue(id, out var agent) && agent.MergedInto is { } kept ? kept : agentId;
}
