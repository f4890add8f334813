using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private static readonly ScorePolicy FirstPolicy = new(
        [new(3, "A"), new(6.5m, "B"), new(10, "C")], "D", [new(95, 0), new(85, 1), new(75, 2)], 2,
        new(40, [new(98, 40), new(95, 30), new(90, 20)]), new(15, [new(1, 15), new(3, 10), new(5, 5)]),
        new(25, [new(2, 25), new(4, 15), new(5, 8)]),
        new(10, [new(100, 10), new(95, 8), new(90, 6), new(85, 4), new(80, 2)]), 10, [10, 15], 20,
        [new(95, "A"), new(85, "B"), new(75, "C")], "D", 5, 5, ["C", "D"], 25, 10, 168, "Processed", "Current");

    private readonly List<PolicyVersion> _policies =
    [
        new(1, DateOnly.MinValue, FirstPolicy, "system", new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero)),
        new(2, new(2026, 3, 1), FirstPolicy with { GradeUpTo = [new(3, "A"), new(7, "B"), new(12, "C")] }, "admin",
            new(2026, 2, 20, 18, 30, 0, TimeSpan.Zero)),
        new(3, new(2026, 7, 1), FirstPolicy with { TenuredTarget = 18 }, "admin",
            new(2026, 6, 28, 17, 5, 0, TimeSpan.Zero))
    ];

    public IReadOnlyList<PolicyVersion> Policies => _policies;

    /// <summary>Another admin was faster. Answers how many versions there are then.</summary>
    public int SomebodyPublishes()
    {
        _policies.Add(New("2026-10-01", FirstPolicy));
        return _policies.Count;
    }

    private void MapPolicies(RouteTable routes)
    {
        routes.Map("GET", "/api/scoring/policies", _ => new PolicyList(
            [.. _policies], _policies.Count, OfMonth(_policies, "2026-11").Version, NextPosition()));
        routes.Map("POST", "/api/scoring/policies", PublishAsync);
        routes.Map("POST", "/api/scoring/policies/simulate", SimulateAsync);
        routes.Map("GET", "/api/scoring/policies/{version}/moves", http =>
        {
            var version = int.Parse(http.Route("version"));
            return Moves(http, [.. _policies.Where(v => v.Version < version)],
                [.. _policies.Where(v => v.Version <= version)], "2026-01", "2026-11");
        });
    }

    private async Task<object?> PublishAsync(HttpContext http)
    {
        var draft = await http.BodyAsync<PolicyDraft>();
        if (http.Request.Headers.IfMatch != $"\"{_policies.Count}\"")
        {
            return Results.Problem(statusCode: 412, title: "If-Match names a version that is not the current one.");
        }

        _policies.Add(New(draft.EffectiveFrom, draft.Policy));
        return new CommandAnswer(_policies.Count, NextPosition());
    }

    private async Task<object?> SimulateAsync(HttpContext http)
    {
        var draft = await http.BodyAsync<PolicyWhatIf>();
        var limits = draft.Policy.GradeUpTo.Select(b => b.Limit).ToList();
        if (!limits.SequenceEqual(limits.Distinct().Order()))
        {
            return RequestReading.Invalid("policy.gradeUpTo", "has bands out of order: the best band comes first");
        }

        var published = New(draft.Throughout ? "2000-01-01" : draft.EffectiveFrom, draft.Policy);
        List<PolicyVersion> after = draft.Throughout ? [published] : [.. _policies, published];
        return Moves(http, _policies, after, draft.From, draft.To) with
        {
            EffectiveFrom = DateOnly.Parse(draft.EffectiveFrom)
        };
    }

    private PolicyVersion New(string effectiveFrom, ScorePolicy policy) => new(
        _policies.Count + 1, DateOnly.Parse(effectiveFrom), policy, "admin", TimeProvider.System.GetUtcNow());

    private PolicyMoves Moves(
        HttpContext http, List<PolicyVersion> before, List<PolicyVersion> after, string from, string to)
    {
        var months = Data.Tickets.Where(t => t.Agent is not null)
            .GroupBy(t => (Agent: t.Agent!.Value, Month: t.Created.ToString("yyyy-MM")))
            .Where(g => string.CompareOrdinal(g.Key.Month, from) >= 0 && string.CompareOrdinal(g.Key.Month, to) <= 0)
            .ToList();
        var moves = months.Select(g => new PolicyMove(
                g.Key.Agent, Data.NameOf(g.Key.Agent)!, g.Key.Month,
                Outcome(g.Key.Agent, [.. g], OfMonth(before, g.Key.Month).Policy),
                Outcome(g.Key.Agent, [.. g], OfMonth(after, g.Key.Month).Policy)))
            .Where(m => m.From != m.To).OrderByDescending(m => m.From.Grade != m.To.Grade)
            .ThenByDescending(m => m.Month).ThenBy(m => m.Name).ToList();
        var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
        var grades = moves.Where(m => m.From.Grade != m.To.Grade).ToList();
        var up = grades.Count(m => string.CompareOrdinal(m.To.Grade, m.From.Grade) < 0);
        return new PolicyMoves(
            after[^1].Version, after[^1].EffectiveFrom,
            new(months.Count, months.Count - moves.Count, grades.Count, up, grades.Count - up,
                moves.Count(m => m.From.ScoreBand != m.To.ScoreBand), moves.Count(m => m.From.Score != m.To.Score)),
            [.. moves.Skip((page - 1) * size).Take(size)], moves.Count)
        {
            Frozen = [.. new[] { "2026-01" }.Where(m => string.CompareOrdinal(m, from) >= 0)]
        };
    }

    private static PolicyVersion OfMonth(List<PolicyVersion> book, string month) => book
        .Where(v => v.EffectiveFrom <= DateOnly.Parse(month + "-01").AddMonths(1).AddDays(-1))
        .OrderBy(v => v.EffectiveFrom).ThenBy(v => v.Version).LastOrDefault()
        ?? new(0, default, FirstPolicy, "", default);

    private MonthOutcome Outcome(Guid agent, List<FakeTicket> tickets, ScorePolicy policy)
    {
        var row = Row(agent, Data.NameOf(agent)!, tickets);
        var attendance = Data.Attendance.GetValueOrDefault((agent, "2026-10"), 96);
        var start = row.FailedFirstPassRate is not { } failed ? null
            : policy.GradeUpTo.FirstOrDefault(b => failed <= b.Limit)?.Grade ?? policy.GradeBeyond;
        var drop = policy.AttendanceDrops.FirstOrDefault(d => attendance >= d.From)?.Drop ?? policy.DropBelow;
        static decimal Points(ComponentBands part, Func<decimal, bool> holds) =>
            part.Bands.FirstOrDefault(b => holds(b.Limit))?.Points ?? 0;
        var score = Points(policy.FirstPassFrom, limit => row.FirstPassRate >= limit)
            + Points(policy.ReRejectionUpTo, limit => row.ReRejectionRate <= limit)
            + Points(policy.RejectUpTo, limit => row.RejectRate <= limit)
            + Points(policy.AttendanceFrom, limit => attendance >= limit)
            + (Math.Min(1, 17.7m / policy.TenuredTarget) * policy.ProductivityMax);
        return new MonthOutcome(
            start is null ? null : ((char)Math.Min('D', start[0] + drop)).ToString(), start, score, 100,
            policy.ScoreFrom.FirstOrDefault(b => score >= b.Limit)?.Grade ?? policy.ScoreBeyond);
    }
}
