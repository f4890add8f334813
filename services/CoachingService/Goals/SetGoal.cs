using System.Text.Json;
using Marten;
using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Goals;

/// <summary>
/// <c>PUT goals/{agentId or teamId} {metric, amount, currency?, from}</c>; amount null ends the goal.
/// </summary>
internal static class SetGoal
{
    private const decimal Largest = 1_000_000_000_000m;
    private const string Payments = "payments";
    private static readonly string[] Metrics = [Payments, "services", "complaints", "calls"];

    /// <summary>Amount is a raw element, because a body without it is a mistake while null ends the goal.</summary>
    internal sealed record Body(string? Metric, JsonElement Amount, string? Currency, string? From);

    internal sealed record Command(string Metric, decimal? Amount, string? Currency, DateOnly From);

    public static IReadOnlyList<object> Decide(
        GoalList? state, GoalOwner owner, Command goal, string by, DateTimeOffset now)
    {
        var present = state?.Goals.FirstOrDefault(g =>
            g.Metric == goal.Metric && g.Currency == goal.Currency && g.From == goal.From);
        var done = present is null
            ? goal.Amount is null && state?.InForce(goal.Metric, goal.Currency, goal.From) is null
            : present.Amount == goal.Amount;
        return done ? []
            : [new GoalSet(owner.AgentId, owner.TeamId, goal.Metric, goal.Amount, goal.Currency, goal.From, by, now)];
    }

    public static Command Read(Body body)
    {
        var metric = Input.Line("metric", body.Metric, 20);
        return new Command(
            Metrics.Contains(metric) ? metric
                : throw new InvalidFieldException("metric", "is none of " + string.Join(", ", Metrics)),
            Amount(body.Amount, metric),
            Currency(body.Currency, metric),
            Input.Month("from", body.From));
    }

    public static void Map(RouteGroupBuilder group) => group.MapPut("/goals/{owner}", (
            string owner, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var whose = GoalOwner.Read("owner", owner);
            var goal = Read(body);
            var user = CurrentUser.From(http.User);
            return CommandEndpoint.RunAsync<GoalList>(
                http, store, EventStoreId.Coaching, StreamIds.Goals(whose), async (state, session, stop) =>
                {
                    whose.RequireSupervised(user, await Organisation.LoadAsync(session, stop));
                    return Decide(state, whose, goal, user.UserName, clock.GetUtcNow());
                }, cancel);
        }).RequireAuthorization(Policies.Supervision);

    private static decimal? Amount(JsonElement element, string metric) => element.ValueKind switch
    {
        JsonValueKind.Undefined => throw new InvalidFieldException("amount", "is missing"),
        JsonValueKind.Null => null,
        JsonValueKind.Number when element.TryGetDecimal(out var amount) && amount is > 0 and <= Largest =>
            decimal.Round(amount, metric == Payments ? 4 : 0) == amount
                ? amount
                : throw new InvalidFieldException("amount", "has too many decimals"),
        JsonValueKind.Number => throw new InvalidFieldException("amount", $"is not above 0 and up to {Largest}"),
        _ => throw new InvalidFieldException("amount", "is neither a number nor null")
    };

    private static string? Currency(string? currency, string metric) => (metric, currency) switch
    {
        (Payments, { Length: 3 }) when currency.All(char.IsAsciiLetterUpper) => currency,
        (Payments, null or "") => throw new InvalidFieldException("currency", "is missing: payments have one"),
        (Payments, _) => throw new InvalidFieldException("currency", "is not three capital letters (ISO 4217)"),
        (_, null or "") => null,
        _ => throw new InvalidFieldException("currency", "goes with payments only")
    };
}
