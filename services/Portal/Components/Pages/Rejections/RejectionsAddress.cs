using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Rejections;

/// <summary>What of the rejections is on the screen, as its address says it.</summary>
public sealed record RejectionsAddress : IFilteredAddress<RejectionsAddress>
{
    public const string Path = "/rejections";

    static string IFilteredAddress<RejectionsAddress>.Path => Path;

    public ScorecardFilter Filter { get; init; } = new();

    /// <summary>What the lines of the quality matrix are.</summary>
    public bool ByMonth { get; init; }

    /// <summary>All categories as columns, not only those that cause the most.</summary>
    public bool Wide { get; init; }

    /// <summary>How the categories are sorted.</summary>
    public TableOrder Causes { get; init; } = CategoryTable.MostFirst;

    /// <summary>How the lines of the quality matrix are sorted.</summary>
    public TableOrder Lines { get; init; } = MatrixLine.Own(byMonth: false);

    /// <summary>Whose rejections are open at the side: an agent id, <c>unassigned</c> or <c>all</c>.</summary>
    public string? Of { get; init; }

    /// <summary>Their tickets instead of each rejection.</summary>
    public bool Tickets { get; init; }

    /// <summary>Of those only this category.</summary>
    public string? Label { get; init; }

    /// <summary>Of those only tickets created in this month.</summary>
    public string? In { get; init; }

    public bool HasPanel => Of is not null;

    public string Asked => FilterQuery.Address(Path, Filter);

    /// <summary>The filters of the list at the side.</summary>
    public ScorecardFilter Opened => Filter with
    {
        CreatedIn = In,
        Labels = Label is { } label ? [label] : []
    };

    public static RejectionsAddress Parse(string uri)
    {
        var query = FilterQuery.Of(uri);
        var byMonth = query.One("by") == "month";
        return new RejectionsAddress
        {
            Filter = query.Filter(),
            ByMonth = byMonth,
            Causes = TableOrder.Of(query, CategoryTable.MostFirst, CategoryTable.Sorts),
            Lines = TableOrder.Of(query, MatrixLine.Own(byMonth), MatrixLine.Sorts, "line"),
            Wide = query.One("columns") == "all",
            Of = query.One("of"),
            Tickets = query.One("list") == "tickets",
            Label = query.One("label"),
            In = query.One("in")
        };
    }

    public override string ToString() => FilterQuery.Address(
        Path, Filter,
        [
            .. Causes.Pairs(CategoryTable.MostFirst), ("by", ByMonth ? "month" : null),
            .. Lines.Pairs(MatrixLine.Own(ByMonth), "line"), ("columns", Wide ? "all" : null), ("of", Of),
            ("list", Tickets ? "tickets" : null), ("label", Label), ("in", In)
        ]);

    public RejectionsAddress Narrowed(ScorecardFilter filter) => this with { Filter = filter };

    public RejectionsAddress WithoutPanel() => Open(null);

    /// <summary>With the matrix turned; its lines begin in their own order.</summary>
    public RejectionsAddress Turned(bool byMonth) =>
        this with { ByMonth = byMonth, Lines = MatrixLine.Own(byMonth) };

    public RejectionsAddress Open(string? of, string? label = null, string? month = null) =>
        this with { Of = of, Tickets = false, Label = label, In = month };
}
