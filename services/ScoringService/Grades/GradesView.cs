using System.Text.Json;
using JasperFx.Events;
using Performance.Scoring.Views;

namespace Performance.Scoring.Grades;

/// <summary>
/// What is written down of each agent's grades, with the version of its stream: in the views, so that it stands at the
/// same position as the grades that it is compared with.
/// </summary>
internal static class GradesView
{
    private const string Columns = "select agent_id, version, data::text from agent_grades";

    public static async Task ApplyAsync(ViewBatch batch, IReadOnlyList<IEvent> events, CancellationToken cancel)
    {
        var written = events.Where(e => e.Data is GradesNoted or GradesTold).ToLookup(e => AgentOf(e.Data));
        if (written.Count == 0)
        {
            return;
        }

        var before = (await batch.ReadAsync(
                $"{Columns} where agent_id = any($1)",
                r => (Agent: r.GetGuid(0), State: StateOf(r.GetString(2))), cancel,
                written.Select(agent => agent.Key).ToArray()))
            .ToDictionary(row => row.Agent, row => row.State);
        var after = written.Select(agent => (
            Agent: agent.Key, agent.Last().Version,
            State: agent.Aggregate(before.GetValueOrDefault(agent.Key) ?? AgentGrades.None, Apply))).ToList();
        batch.Queue("""
            insert into agent_grades (agent_id, version, data)
            select agent, version, data::jsonb
            from unnest(?::uuid[], ?::bigint[], ?::text[]) as n (agent, version, data)
            on conflict (agent_id) do update set version = excluded.version, data = excluded.data
            """,
            after.Select(a => a.Agent).ToArray(), after.Select(a => a.Version).ToArray(),
            after.Select(a => JsonSerializer.Serialize(a.State)).ToArray());
    }

    /// <summary>Of every agent: what is written down, and how many events of the stream say so.</summary>
    public static async Task<IReadOnlyDictionary<Guid, (AgentGrades State, long Version)>> ReadAsync(
        ViewSnapshot views, CancellationToken cancel) =>
        (await views.ReadAsync(
            Columns, r => (Agent: r.GetGuid(0), Known: (StateOf(r.GetString(2)), r.GetInt64(1))), cancel))
        .ToDictionary(row => row.Agent, row => row.Known);

    private static AgentGrades Apply(AgentGrades state, IEvent written) => written.Data switch
    {
        GradesNoted e => state.Apply(e),
        GradesTold e => state.Apply(e),
        _ => state
    };

    private static Guid AgentOf(object data) => data is GradesNoted noted ? noted.AgentId : ((GradesTold)data).AgentId;

    private static AgentGrades StateOf(string json) => JsonSerializer.Deserialize<AgentGrades>(json)!;
}
