using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Performance.Portal.OldFiles;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Backup;

/// <summary>Takes a file, shows what it would change, and imports it once a person has confirmed.</summary>
public sealed partial class BackupImport(Browser browser, GatewayClients api, BusinessTime time, Toasts toasts)
    : ComponentBase, IDisposable
{
    private readonly IReadOnlyList<BackupOwner> _owners = BackupOwner.Both();
    private readonly CancellationTokenSource _closed = new();
    private ElementReference _zone;
    private ElementReference _input;
    private DotNetObjectReference<BackupImport>? _self;
    private BackupPost? _post;
    private Step _step;
    private string? _file;
    private string? _problem;
    private string? _doing;
    private int _percent;
    private bool _asks;
    private bool _givenUp;
    private IReadOnlyList<OldMapping>? _mappings;
    private OldConversion? _conversion;

    private bool IsBusy => _step is Step.Reading or Step.Checking or Step.Importing;

    private bool IsWhole => _owners.All(o => o.Answer is not null);

    private int Created => Sum(s => s.Created);

    private int Changes => Created + Sum(s => s.Changed);

    private string Doing => BackupWords.State(_step, IsWhole);

    private IReadOnlyList<OldConversion.Left> LeftOut => _conversion?.LeftOut ?? [];

    /// <summary>Called by the browser: a file was dropped or chosen.</summary>
    [JSInvokable]
    public async Task Chosen(string name, long size)
    {
        if (IsBusy)
        {
            return;
        }

        (_file, _problem, _mappings, _conversion, _asks) = (name, null, null, null, false);
        Now(Step.Reading, "Reading the file…");
        await TryAsync(async () =>
        {
            if (await browser.HasAsync(_input, $"\"format\":\"{OldFile.BackupFormat}\"")
                || await IsBackupAsync(size))
            {
                await CheckAsync();
            }
        });
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        _post?.Dispose();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _post = new BackupPost(browser, Told);
            await browser.DropZoneAsync(_zone, _input, _self);
        }
    }

    // False: an old file, to be mapped, or nothing that can be used.
    private async Task<bool> IsBackupAsync(long size)
    {
        var file = size > OldFile.LargestSize
            ? new OldFile($"It is larger than {OldFile.LargestSize / 1024 / 1024} MB.", false, [])
            : await ReadAsync();
        if (file is { Problem: null, IsBackup: false })
        {
            // Off the circuit's own thread: a large file takes a moment.
            _mappings = await Task.Run(() => SectionGuess.Of(file));
        }

        _problem = file.Problem is { } problem ? $"This file cannot be used. {problem}" : null;
        Now(_mappings is null ? Step.Choose : Step.Mapping, null);
        return file.IsBackup;
    }

    private async Task<OldFile> ReadAsync()
    {
        var content = await browser.ReadAsync(_input, OldFile.LargestSize, _closed.Token);
        return await Task.Run(() => OldFile.Read(content));
    }

    private Task ConvertAsync() => TryAsync(async () =>
    {
        Now(Step.Reading, "Looking up names and tickets…");
        var directory = await new OldLookup(api, Told).FindAsync(_mappings!, _closed.Token);
        var conversion = await Task.Run(() => new OldConverter(directory, time).Convert(_mappings!));
        if (conversion.Data.Count == 0)
        {
            _problem = conversion.LeftOut is [var first, ..]
                ? $"No entry can be read this way. The first: {first.Place}, entry {first.Index + 1}: {first.Field} "
                    + first.Reason
                : "Nothing is mapped yet. Choose what at least one list is.";
            Now(Step.Mapping, null);
            return;
        }

        _conversion = conversion;
        await browser.HoldAsync(_input, _file!, conversion.Data.ToJson());
        await CheckAsync();
    });

    private void BackToMapping()
    {
        (_conversion, _problem) = (null, null);
        Now(Step.Mapping, null);
    }

    private async Task CheckAsync()
    {
        _problem = null;
        foreach (var owner in _owners)
        {
            owner.Forget();
        }

        await PostAsync(Step.Checking, Step.Checked, dryRun: true);
    }

    private Task ImportAsync() => TryAsync(async () =>
    {
        _asks = false;
        foreach (var owner in _owners)
        {
            owner.Forget();
        }

        await PostAsync(Step.Importing, Step.Done, dryRun: false);
    });

    /// <summary>Only for the owner that failed.</summary>
    private Task AgainAsync() => TryAsync(() => _step is Step.Done
        ? PostAsync(Step.Importing, Step.Done, dryRun: false)
        : PostAsync(Step.Checking, Step.Checked, dryRun: true));

    // One after the other: people that the first creates are known when the second comes.
    private async Task PostAsync(Step during, Step after, bool dryRun)
    {
        _givenUp = false;
        foreach (var owner in _owners.Where(o => o.Answer is null))
        {
            if (_givenUp)
            {
                owner.Answered(null, BackupPost.GivenUp);
                continue;
            }

            Now(during, $"{owner.Name}: {(dryRun ? "checking" : "importing")}…");
            await _post!.SendAsync(_input, owner, dryRun);
        }

        Now(after, null);
        if (after is Step.Done && IsWhole)
        {
            toasts.Done($"{_file} is imported.");
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        var before = _step is Step.Reading ? Step.Choose : _step;
        try
        {
            await act();
        }
        catch (Exception e) when (e is ApiException or HttpRequestException
            || (e is TaskCanceledException && !_closed.IsCancellationRequested))
        {
            var trouble = Trouble.Of(e);
            _problem = $"{trouble.Title} Try again in a moment; nothing was imported.";
            Now(before, null);
        }
        catch (Exception e) when (e is JSException or IOException or ArgumentOutOfRangeException)
        {
            _problem = "The browser could not read this file. Choose it again.";
            Now(Step.Choose, null);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone, and with it the need.
        }
    }

    private Task CancelAsync()
    {
        _givenUp = true;
        return browser.CancelUploadAsync(_input).AsTask();
    }

    private void Told(int percent)
    {
        _percent = percent;
        _ = InvokeAsync(StateHasChanged);
    }

    private void Now(Step step, string? doing)
    {
        (_step, _doing, _percent) = (step, doing, 0);
        StateHasChanged();
    }

    private int Sum(Func<Api.BackupSection, int> count) =>
        _owners.Where(o => o.Answer is not null).Sum(o => o.Answer!.Sections.Sum(count));
}
