using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>The tickets behind one number, and from there the excuse.</summary>
public sealed partial class DrillPanel
{
    /// <summary>The measure that lists rejections instead of tickets.</summary>
    public const string Events = "rejectEvents";

    private static readonly HashSet<string> Excusable =
        ["failedFirstPass", "rejected", Events, "rejectedTickets", "reRejected"];

    private Load<PageOf<ScoredTicket>>? _list;
    private LiveRefresh? _live;
    private Acting? _acting;
    private int _page = 1;
    private long? _atLeast;

    /// <summary>Name of the column in the API.</summary>
    [Parameter, EditorRequired]
    public string Measure { get; set; } = "";

    /// <summary>An agent id, <c>unassigned</c> or <c>all</c>.</summary>
    [Parameter, EditorRequired]
    public string Of { get; set; } = "";

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public string Scope { get; set; } = "";

    [Parameter, EditorRequired]
    public ScorecardFilter Filter { get; set; } = new();

    [Parameter]
    public bool MayEdit { get; set; }

    [Parameter]
    public long? AtLeast { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<long> OnChanged { get; set; }

    /// <summary>Of excuses fewer, as each row looks its reason up.</summary>
    private int Size => IsExcuses ? 20 : 50;

    private bool IsEvents => Measure == Events;

    /// <summary>Rejections of everybody fill the panel without what their tickets are.</summary>
    private bool HasRoom => !IsEvents || Of != IScoringApi.Everybody;

    private bool IsExcuses => Measure == "excused";

    private bool MayExcuse => MayEdit && (IsExcuses || Excusable.Contains(Measure));

    private string Title => $"{MeasureName} · {Name}";

    private string MeasureName => Measure switch
    {
        _ when Filter.Touched is { } touched => "Touched on "
            + (DateOnly.TryParse(touched, out var day) ? BusinessTime.Day(day) : touched),
        "closed" => "Closed cases",
        "processed" => "Processed",
        "anyRejection" => "Rejected by county",
        "rejectedTickets" => "Rejected tickets",
        _ => ScorecardColumn.All.FirstOrDefault(c => c.Id == Measure)?.Name ?? Measure
    };

    private string Subtitle => _list?.Value is { } list
        ? $"{Numbers.Count(list.Total)} {(IsEvents ? "rejection" : "ticket")}{(list.Total == 1 ? "" : "s")} · {Scope}"
        : Scope;

    public void Dispose()
    {
        _live?.Dispose();
        _list?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _atLeast = AtLeast;
        _list = new Load<PageOf<ScoredTicket>>(
            cancel => Api.Scoring.TicketsAsync(Of, Measure, Filter, _page, Size, _atLeast, cancel), StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, () => _list.RunAsync()).On(Live, "scorecard");
        await _list.RunAsync();
    }

    private Task TurnAsync(int page)
    {
        _page = page;
        return _list!.RunAsync();
    }

    private async Task DoneAsync(long position)
    {
        (_acting, _atLeast) = (null, position);
        await OnChanged.InvokeAsync(position);
        await _list!.RunAsync();
    }

    private sealed record Acting(ScoredTicket Ticket, bool Withdraw);
}
