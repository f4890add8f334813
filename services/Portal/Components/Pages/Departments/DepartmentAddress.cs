using System.Globalization;
using Performance.Portal.Components.Pages.WeeklyReview;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Departments;

/// <summary>What of the department is on the screen, as its address says it.</summary>
public sealed record DepartmentAddress
{
    public const string Path = "/department";

    /// <summary>Null: the running one.</summary>
    public string? Month { get; init; }

    /// <summary>An admin's choice; null: all teams.</summary>
    public string? Department { get; init; }

    public TableOrder Order { get; init; } = TeamColumn.ByName;

    /// <summary>The week of the reviews; null: this one.</summary>
    public WeekAddress? Week { get; init; }

    /// <summary>The list at the side: <c>people</c> or <c>sessions</c>.</summary>
    public string? Panel { get; init; }

    /// <summary>Whose: a team's id, or null for all that are shown.</summary>
    public string? Of { get; init; }

    /// <summary>What is asked of Scoring.</summary>
    public (string?, string?) Asked => (Month, Department);

    public static DepartmentAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        return new DepartmentAddress
        {
            Month = DateOnly.TryParseExact(
                query.One("month"), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                && month.Year is >= 1900 and < 2200 ? query.One("month") : null,
            Department = query.One("department"),
            Order = TableOrder.Of(query, TeamColumn.ByName, TeamColumn.Sorts),
            Week = WeekAddress.Parse(query.One("week")),
            Panel = query.One("panel"),
            Of = query.TryGetValue("of", out var of) ? of.ToString() : null
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, new(),
        [
            ("month", Month), ("department", Department), .. Order.Pairs(TeamColumn.ByName),
            ("week", Week?.ToString()), ("panel", Panel), ("of", Of)
        ]);

    public DepartmentAddress WithPanel(string? panel, string? of) => this with { Panel = panel, Of = of };
}
