using System.Globalization;
using Marten;
using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Identity;

namespace Performance.Coaching.Goals;

/// <summary><c>GET goals/{agentId or teamId}</c>: the steps of all goals set for an agent or a team.</summary>
internal static class ReadGoals
{
    internal sealed record Row(string Metric, string? Currency, decimal? Amount, string From, string By);

    internal sealed record List(IReadOnlyList<Row> Items, int Total);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/goals/{owner}", async (
            string owner, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var whose = GoalOwner.Read("owner", owner);
            var organisation = await Organisation.LoadAsync(session, cancel);
            whose.RequireSeen(CurrentUser.From(http.User), organisation);
            var ids = whose.AgentId is { } agentId
                ? organisation.Merges.Family(agentId).Select(id => StreamIds.Goals(new GoalOwner(id, null))).ToList()
                : [StreamIds.Goals(whose)];
            var found = await session.LoadManyAsync<GoalList>(cancel, ids);
            await http.TagAsync(session, StreamIds.Goals(whose), cancel);
            var rows = Rows([.. found.OrderBy(list => ids.IndexOf(list.Id))]);
            return Results.Ok(new List(rows, rows.Count));
        }).RequireAuthorization(Policies.Person).Produces<List>();

    /// <summary>
    /// The steps of each metric from the first list that has it: the kept record's before merged ones'.
    /// </summary>
    public static IReadOnlyList<Row> Rows(IReadOnlyList<GoalList> lists) => lists
        .SelectMany((list, rank) => list.Goals.Select(goal => (goal, rank)))
        .GroupBy(x => (x.goal.Metric, x.goal.Currency))
        .SelectMany(g => g.Where(x => x.rank == g.Min(y => y.rank)))
        .Select(x => x.goal)
        .OrderBy(g => g.Metric, StringComparer.Ordinal).ThenBy(g => g.Currency, StringComparer.Ordinal)
        .ThenBy(g => g.From)
        .Select(g => new Row(
            g.Metric, g.Currency, g.Amount, g.From.ToString("yyyy-MM", CultureInfo.InvariantCulture), g.By))
        .ToList();
}
