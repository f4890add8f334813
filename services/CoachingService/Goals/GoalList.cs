using System.Collections.Immutable;

namespace Performance.Coaching.Goals;

/// <summary>A monthly goal was set, changed or ended, from a month on.</summary>
/// <param name="AgentId">The rep, or null for a team's goal.</param>
/// <param name="TeamId">The team (the goal is each member's), or null for a rep's.</param>
/// <param name="Metric">payments, services, complaints or calls.</param>
/// <param name="Amount">In units of the metric; null ends the goal.</param>
/// <param name="Currency">ISO 4217 for payments, else null.</param>
/// <param name="From">First day of the first month it holds.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="OccurredAt">When it was set.</param>
internal sealed record GoalSet(
    Guid? AgentId, string? TeamId, string Metric, decimal? Amount, string? Currency, DateOnly From, string By,
    DateTimeOffset OccurredAt);

/// <summary>One step of a goal: it holds from its month until the next step of the same metric and currency.</summary>
internal sealed record Goal(string Metric, string? Currency, decimal? Amount, DateOnly From, string By);

/// <summary>All goals of a rep or team, earlier and later ones.</summary>
internal sealed partial record GoalList
{
    public Guid Id { get; init; }

    public ImmutableList<Goal> Goals { get; init; } = [];

    public static GoalList Create(GoalSet set) => new GoalList().Apply(set);

    public GoalList Apply(GoalSet set) => this with
    {
        Goals = Goals.RemoveAll(g => g.Metric == set.Metric && g.Currency == set.Currency && g.From == set.From)
            .Add(new Goal(set.Metric, set.Currency, set.Amount, set.From, set.By))
    };

    /// <summary>What holds in a month, or null.</summary>
    public decimal? InForce(string metric, string? currency, DateOnly month) =>
        Goals.Where(g => g.Metric == metric && g.Currency == currency && g.From <= month)
            .MaxBy(g => g.From)?.Amount;
}
