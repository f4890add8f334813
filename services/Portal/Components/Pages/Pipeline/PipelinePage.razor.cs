using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>All open tickets of the person's scope, oldest first unless a head was clicked, live.</summary>
public sealed partial class PipelinePage(Toasts toasts)
{
    private const int PageSize = 50;

    /// <summary>The addresses that typing led to: told late, they must not overwrite what was typed since.</summary>
    private readonly HashSet<string> _typed = [];

    private string _search = "";
    private bool _exporting;

    protected override string Topic => "pipeline";

    private string CountText => Answer?.Value is { } list
        ? $"{Numbers.Count(list.Total)} {(Address.IsNarrowed ? "found" : "open")}, "
            + PipelineColumn.Words(Address.Order)
        : "";

    protected override Task<PageOf<PipelineTicket>> AskAsync(CancellationToken cancel) =>
        Api.Supervision.PipelineAsync(
            Address.Filter, Address.Search, Address.Order.By, Address.Order.Descending, Address.Page, PageSize,
            cancel);

    protected override void OnAddress()
    {
        if (!_typed.Remove(Address.ToString()))
        {
            _search = Address.Search ?? "";
        }
    }

    private void ClearAll() => Replace(new PipelineAddress());

    private void Seek()
    {
        var sought = _search.Trim();
        var address = Address with { Search = sought.Length > 0 ? sought : null, Page = 1 };
        _typed.Add(address.ToString());
        Replace(address);
    }

    private async Task ExportAsync()
    {
        _exporting = true;
        try
        {
            var columns = PipelineColumn.Shown(Address.Hidden);
            var tickets = await PipelineCsv.ReadAsync(Api.Supervision, Address, CancellationToken.None);
            await Browser.DownloadAsync(
                $"pipeline-{Time.Today:yyyy-MM-dd}.csv", PipelineCsv.Write(tickets, columns, Time));
            if (tickets.Count >= PipelineCsv.Most)
            {
                toasts.Done($"The file has the first {Numbers.Count(PipelineCsv.Most)}; narrow for others.");
            }
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            toasts.Failed(Trouble.Of(e));
        }
        finally
        {
            _exporting = false;
        }
    }
}
