using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Policy;

/// <summary>
/// A draft of the next version: typed, tried on months, published. What is typed survives a reload; what was tried is
/// what is published, or it has to be tried again.
/// </summary>
public sealed partial class PolicyEditor(BusinessTime time, Browser browser) : FormBase
{
    private const string Draft = "score policy";

    private readonly Dictionary<string, string> _unread = [];
    private PolicyForm _form = new();
    private string _untouched = "";
    private string _from = "";
    private string _to = "";
    private bool _throughout;
    private PolicyMoves? _tried;
    private PolicyWhatIf? _trial;
    private string _triedForm = "";
    private int _triedOn;
    private int _page = 1;
    private bool _asking;
    private bool _pointOut;
    private string _key = "";

    [Parameter, EditorRequired]
    public PolicyList List { get; set; } = default!;

    /// <summary>Published: its version and position.</summary>
    [Parameter]
    public EventCallback<(int Version, long Position)> OnPublished { get; set; }

    private bool IsChanged => JsonSerializer.Serialize(_form) != _untouched;

    private bool IsOld => IsOvertaken || JsonSerializer.Serialize(_form) != _triedForm;

    /// <summary>Another version was published since: what was tried would follow it.</summary>
    private bool IsOvertaken => _tried is not null && List.Total != _triedOn;

    private bool HasFieldErrors => _unread.Count > 0 || Refusal is { Fields.Count: > 0 };

    private string State => IsChanged
        ? $"Begun as version {_form.BasedOn}; not published yet"
        : $"As version {_form.BasedOn}: change what shall be different";

    /// <summary>Begins again as a version; the draft so far can be taken back.</summary>
    public async Task StartFromAsync(PolicyVersion version)
    {
        var (before, changed) = (_form, IsChanged);
        Begin(version);
        await browser.DropDraftAsync(Draft);
        Toasts.Done(
            $"The new version begins as version {version.Version}.", changed ? () => PutBackAsync(before) : null);
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        Begin(InForce());
        (_from, _to) = (time.LastMonths(12)[^1], time.ThisMonth);
        if (await browser.DraftAsync(Draft) is { } kept && JsonSerializer.Deserialize<PolicyForm>(kept) is { } typed)
        {
            _form = typed;
        }
    }

    /// <summary>Once the errors are on the screen: to the first of them.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_pointOut)
        {
            _pointOut = false;
            await browser.FocusAsync("#policy-form [aria-invalid=true]");
        }
    }

    private PolicyVersion InForce() => List.Find(List.InForce) ?? List.Items[^1];

    private void Begin(PolicyVersion version)
    {
        _form = PolicyForm.Of(version, time.ThisMonth + "-01");
        _untouched = JsonSerializer.Serialize(_form);
        (_tried, _triedForm) = (null, "");
        _unread.Clear();
        Forget();
    }

    private async Task PutBackAsync(PolicyForm form)
    {
        _form = form;
        await TypedAsync();
        await InvokeAsync(StateHasChanged);
    }

    private Task StartOverAsync() => StartFromAsync(InForce());

    private string? ReasonOf(string field) => _unread.GetValueOrDefault(field) ?? Refusal?.FieldReason(field);

    private async Task TypeAsync(Action change)
    {
        change();
        await TypedAsync();
    }

    private async Task TypedAsync() => await browser.KeepDraftAsync(Draft, JsonSerializer.Serialize(_form));

    private Task TryAsync()
    {
        _page = 1;
        _unread.Clear();
        var reading = new PolicyReading();
        var draft = reading.Read(_form);
        foreach (var (field, reason) in reading.Errors)
        {
            _unread[field] = reason;
        }

        _pointOut = _unread.Count > 0;
        _trial = new PolicyWhatIf(draft.EffectiveFrom, draft.Policy, _from, _to, _throughout);
        _key = Guid.NewGuid().ToString();
        var form = JsonSerializer.Serialize(_form);
        _triedOn = List.Total;
        return _pointOut ? Task.CompletedTask : SimulateAsync(form);
    }

    private async Task SimulateAsync(string form)
    {
        if (await SendAsync(async () => _tried = await Api.Policies.SimulateAsync(
            _trial!, _page, MovesTable.PageSize, CancellationToken.None)))
        {
            _triedForm = form;
        }

        _pointOut = HasFieldErrors;
    }

    private Task TurnAsync(int page)
    {
        _page = page;
        return SimulateAsync(_triedForm);
    }

    private string Question(PolicyMoves moves) =>
        $"It counts from {PolicyWords.From(moves.EffectiveFrom)} on. "
        + (_trial!.Throughout ? "" : $"Of the months you looked at, {moves.Counts.GradesMoved} grades change. ")
        + "A published version stays in the list; a later version can follow it.";

    private async Task PublishAsync()
    {
        _asking = false;
        CommandAnswer? done = null;

        // The draft was tried on the versions that there were then; with another one in between it must be tried again.
        if (!await SendAsync(async () => done = await Api.Policies.PublishAsync(
            new PolicyDraft(_trial!.EffectiveFrom, _trial.Policy), $"\"{_triedOn}\"", _key, CancellationToken.None)))
        {
            _pointOut = HasFieldErrors;
            return;
        }

        await browser.DropDraftAsync(Draft);
        var published = new PolicyVersion(
            _tried!.Version, _tried.EffectiveFrom, _trial!.Policy, "", DateTimeOffset.MinValue);
        Begin(published);
        Toasts.Done($"Version {published.Version} is published.");
        await OnPublished.InvokeAsync((published.Version, done!.Position));
    }
}
