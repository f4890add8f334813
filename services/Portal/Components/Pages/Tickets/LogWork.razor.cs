using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Tickets;

/// <summary>An agent's productivity log, a day at a time. What is typed but not saved survives a reload.</summary>
public sealed partial class LogWork(GatewayClients api, BusinessTime time, Browser browser, Toasts toasts)
    : ComponentBase, IDisposable
{
    private Load<WorkDay>? _day;
    private Load<PageOf<WorkDay>>? _recent;
    private PortalUser? _user;
    private DateOnly _date;
    private List<Row> _rows = [];
    private string? _notes;
    private string? _error;
    private bool _sending;
    private bool _dirty;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private BusinessTime Time => time;

    private string Draft => $"log {_date:yyyy-MM-dd}";

    private string State => _dirty ? "Not saved yet"
        : _rows.Count(r => r.IsFilled) is var count && count == 1 ? "1 entry" : $"{count} entries";

    public void Dispose()
    {
        _day?.Dispose();
        _recent?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        _date = time.Today;
        if (!RendererInfo.IsInteractive || _user?.AgentId is not { } me)
        {
            return;
        }

        _day = new Load<WorkDay>(cancel => api.WorkLog.DayAsync(me, Iso(_date), cancel), StateHasChanged);
        _recent = new Load<PageOf<WorkDay>>(
            cancel => api.WorkLog.RangeAsync(Iso(time.Today.AddDays(-30)), Iso(time.Today), me, 1, 31, cancel),
            StateHasChanged);
        _ = _recent.RunAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _error = null;
        await _day!.RunAsync(keep: false);
        Show(_day.Value?.Notes, _day.Value?.Entries ?? []);
        if (await browser.DraftAsync(Draft) is { } draft
            && JsonSerializer.Deserialize<WorkDayChange>(draft) is { } typed)
        {
            Show(typed.Notes, typed.Entries);
            _dirty = true;
        }

        StateHasChanged();
    }

    private void Show(string? notes, IReadOnlyList<WorkEntry> entries)
    {
        (_notes, _dirty) = (notes, false);
        _rows = [.. entries.Select(Row.Of)];
        if (_rows.Count == 0)
        {
            _rows.Add(new Row());
        }
    }

    private Task ChooseAsync(ChangeEventArgs change) =>
        DateOnly.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var date)
            ? GoToAsync(date)
            : Task.CompletedTask;

    private Task GoToAsync(DateOnly date)
    {
        _date = date;
        return LoadAsync();
    }

    private ValueTask Typed(Action change)
    {
        change();
        _dirty = true;
        return browser.KeepDraftAsync(Draft, JsonSerializer.Serialize(Change()));
    }

    private async Task AddAsync() => await Typed(() => _rows.Add(new Row()));

    private async Task RemoveAsync(Row row) => await Typed(() => _rows.Remove(row));

    private WorkDayChange Change() => new(
        string.IsNullOrWhiteSpace(_notes) ? null : _notes, [.. _rows.Where(r => r.IsFilled).Select(r => r.Entry)]);

    private async Task SaveAsync()
    {
        if (_rows.FindIndex(r => r.IsFilled && string.IsNullOrWhiteSpace(r.AccessId)) is var missing and >= 0)
        {
            _error = $"Row {missing + 1}: give the access id or VIN.";
            return;
        }

        (_sending, _error) = (true, null);
        var before = _day!.Value!;
        try
        {
            await SendAsync(Change(), before.Version);
            toasts.Done($"{BusinessTime.LongDay(_date)} is saved.", () => UndoAsync(before));
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            var trouble = Trouble.Of(e);
            _error = $"{trouble.Title} {trouble.Hint}".Trim();
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task SendAsync(WorkDayChange change, long version)
    {
        await api.WorkLog.SaveAsync(
            _user!.AgentId!.Value, Iso(_date), change, version > 0 ? $"\"{version}\"" : null, CancellationToken.None);
        await browser.DropDraftAsync(Draft);
        _ = _recent!.RunAsync();
        await LoadAsync();
    }

    private async Task UndoAsync(WorkDay before)
    {
        _date = before.Date;
        await SendAsync(new WorkDayChange(before.Notes, before.Entries), 0);
    }

    private static string? Text(ChangeEventArgs e) => e.Value?.ToString();

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public string Id { get; init; } = Guid.NewGuid().ToString("N");

        public string? AccessId { get; set; }

        public string? Status { get; set; }

        public string? Client { get; set; }

        public string? Comments { get; set; }

        public bool IsFilled => new[] { AccessId, Status, Client, Comments }.Any(t => !string.IsNullOrWhiteSpace(t));

        public WorkEntry Entry => new(Id, AccessId?.Trim(), Status, Client, Comments);

        public static Row Of(WorkEntry e) => new()
        {
            Id = e.Id ?? Guid.NewGuid().ToString("N"), AccessId = e.AccessId, Status = e.Status, Client = e.Client,
            Comments = e.Comments
        };
    }
}
