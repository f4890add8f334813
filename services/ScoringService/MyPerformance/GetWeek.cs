using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.MyPerformance;

/// <summary>What a rep did in a stretch of time; payments by currency.</summary>
internal sealed record RepFigures(
    decimal Calls, decimal Services, decimal Complaints, IReadOnlyDictionary<string, decimal> Payments)
{
    public static RepFigures Of(RepDays days) => new(
        days.Count(RepMetric.Calls), days.Count(RepMetric.Raised), days.Count(RepMetric.Registered),
        days.Currencies().ToDictionary(c => c, c => days.Amount(RepMetric.Payments, c)));

    /// <summary>All figures by name, money by currency.</summary>
    public IEnumerable<(string Name, decimal Value)> Each() =>
    [
        ("calls", Calls), ("services", Services), ("complaints", Complaints),
        .. Payments.Select(p => ($"payments {p.Key}", p.Value))
    ];

    public RepFigures Over(int days) => new(
        Calls / days, Services / days, Complaints / days, Payments.ToDictionary(p => p.Key, p => p.Value / days));
}

/// <summary>A day of the week.</summary>
/// <param name="Ahead">It has not come yet.</param>
/// <param name="DayOff">Outside the working week, shown because something happened.</param>
/// <param name="CallsChange">Calls more than on the row above; null on the first and ahead.</param>
/// <param name="Change">Likewise for every figure.</param>
/// <param name="Running">The week's sum up to this day.</param>
internal sealed record WeekRow(
    DateOnly Date,
    string Day,
    bool Ahead,
    bool DayOff,
    RepFigures Figures,
    IReadOnlyDictionary<string, decimal>? Change,
    RepFigures Running)
{
    public decimal Calls => Figures.Calls;

    public decimal Services => Figures.Services;

    public decimal Complaints => Figures.Complaints;

    public IReadOnlyDictionary<string, decimal> Payments => Figures.Payments;

    public decimal? CallsChange => Change?.GetValueOrDefault("calls");
}

/// <summary>The best and the weakest day that has come, by one figure; of equal ones the earlier.</summary>
internal sealed record WeekMark(string Figure, DateOnly Best, DateOnly Weakest);

/// <summary>A rep's week: each working weekday, and days off with activity. Best and weakest are by calls.</summary>
internal sealed record RepWeek(
    Guid RepId,
    DateOnly From,
    IReadOnlyList<WeekRow> Days,
    RepFigures Total,
    RepFigures? Average,
    int ElapsedWorkingDays,
    DateOnly? Best,
    DateOnly? Weakest,
    IReadOnlyList<WeekMark> Marks,
    long Position,
    DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/my/week?date=</c> and <c>/reps/{repId}/week</c>.</summary>
internal static class GetWeek
{
    public static async Task<RepWeek> ReadAsync(
        ViewSnapshot views, Guid rep, DateOnly? date, DateTimeOffset now, CancellationToken cancel)
    {
        var today = views.Settings.Zone.DayOf(now);
        var monday = Monday(date ?? today);
        var days = await RepDays.ReadAsync(views, rep, monday, monday.AddDays(6), cancel);
        var calendar = new RepCalendar(views.Settings);
        var rows = new List<WeekRow>();
        foreach (var day in Enumerable.Range(0, 7).Select(monday.AddDays))
        {
            var figures = RepFigures.Of(days.On(day));
            if (calendar.IsWorking(day) || figures.Each().Any(f => f.Value != 0))
            {
                rows.Add(new WeekRow(
                    day, BusinessZone.Weekdays[BusinessZone.WeekdayNumber(day) - 1], day > today,
                    !calendar.IsWorking(day), figures,
                    rows.Count == 0 || day > today ? null : Changes(rows[^1].Figures, figures),
                    RepFigures.Of(days.Between(monday, day))));
            }
        }

        var total = RepFigures.Of(days);
        var elapsed = rows.Count(r => !r.DayOff && !r.Ahead);
        var marks = Marks([.. rows.Where(r => !r.Ahead)], total);
        var byCalls = marks.FirstOrDefault(m => m.Figure == "calls");
        return new RepWeek(
            rep, monday, rows, total, elapsed == 0 ? null : total.Over(elapsed), elapsed, byCalls?.Best,
            byCalls?.Weakest, marks, views.Position, now);
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(1 - BusinessZone.WeekdayNumber(day));

    private static Dictionary<string, decimal> Changes(RepFigures before, RepFigures now)
    {
        var then = before.Each().ToDictionary(f => f.Name, f => f.Value);
        var here = now.Each().ToDictionary(f => f.Name, f => f.Value);
        return then.Keys.Union(here.Keys).ToDictionary(
            name => name, name => here.GetValueOrDefault(name) - then.GetValueOrDefault(name));
    }

    private static List<WeekMark> Marks(IReadOnlyList<WeekRow> rows, RepFigures total)
    {
        decimal Of(WeekRow row, string figure) => row.Figures.Each().FirstOrDefault(f => f.Name == figure).Value;
        return rows.Count < 2 ? [] :
        [
            .. total.Each().Where(f => f.Value != 0).Select(f => new WeekMark(
                f.Name, rows.MaxBy(r => Of(r, f.Name))!.Date, rows.MinBy(r => Of(r, f.Name))!.Date))
        ];
    }
}
