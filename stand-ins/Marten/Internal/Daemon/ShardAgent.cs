using System.Threading.Channels;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;
using Marten.Internal.Sessions;
using Marten.Services;
using Microsoft.Extensions.Logging;

namespace Marten.Internal.Daemon;

/// <summary>Runs one shard continuously: loads pages ahead, and commits each with the new position.</summary>
internal sealed class ShardAgent : ISubscriptionAgent
{
    private const int Attempts = 3;
    private static readonly TimeSpan IdleProgress = TimeSpan.FromMilliseconds(250);

    private readonly StoreContext _store;
    private readonly Shard _shard;
    private readonly HighWater _highWater;
    private readonly ShardStateTracker _tracker;
    private readonly ILogger _logger;
    private readonly Progress _progress;
    private readonly PageLoader _loader;
    private readonly ProjectionRun? _run;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DeadLetterEvent> _deadLetters = [];
    private Task _running = Task.CompletedTask;
    private long _position;
    private long _stored;
    private long? _partial;
    private Exception? _failure;

    public ShardAgent(StoreContext store, Shard shard, HighWater highWater, ShardStateTracker tracker, ILogger logger)
    {
        _store = store;
        _shard = shard;
        _highWater = highWater;
        _tracker = tracker;
        _logger = logger;
        _progress = new Progress(store);
        _loader = new PageLoader(store, shard, ErrorOptions, logger);
        _run = shard.Projection?.Start(store, ShardExecutionMode.Continuous);
    }

    public Shard Shard => _shard;

    public ShardName Name => _shard.Name;

    public AsyncOptions Options => _shard.Options;

    public ShardExecutionMode Mode => ShardExecutionMode.Continuous;

    public ErrorHandlingOptions ErrorOptions => _store.Options.Projections.Errors;

    public long Position => Volatile.Read(ref _position);

    public long HighWaterMark => _highWater.Mark;

    public AgentStatus Status { get; private set; } = AgentStatus.Stopped;

    public DateTimeOffset? PausedTime { get; private set; }

    public async Task StartAsync(CancellationToken token)
    {
        await ResetAsync(token).ConfigureAwait(false);
        Status = AgentStatus.Running;
        _tracker.Publish(new(Name, Position) { Action = ShardAction.Started });
        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Lets the page in hand be finished, and stops.</summary>
    public async Task StopAsync(Exception? failure = null)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Status = AgentStatus.Stopped;
        _run?.Dispose();
        _tracker.Publish(new(Name, Position) { Action = ShardAction.Stopped, Exception = failure });
    }

    public ValueTask MarkSuccessAsync(long processedCeiling)
    {
        _partial = processedCeiling;
        return ValueTask.CompletedTask;
    }

    public Task ReportCriticalFailureAsync(Exception ex)
    {
        _failure = ex;
        return Task.CompletedTask;
    }

    public Task ReportCriticalFailureAsync(Exception ex, long lastProcessed)
    {
        _partial = lastProcessed;
        return ReportCriticalFailureAsync(ex);
    }

    public Task RecordDeadLetterEventAsync(IEvent @event, Exception ex)
    {
        _deadLetters.Add(new(@event, Name, new ApplyEventException(@event, ex)));
        return Task.CompletedTask;
    }

    private async Task RunAsync()
    {
        var pause = _store.Options.Projections.AgentPauseTime;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RunPagesAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                if (e is ProgressionProgressOutOfOrderException || Transient.Is(e))
                {
                    _logger.LogWarning(e, "{Shard} is interrupted at {Position}", Name, Position);
                }
                else
                {
                    _logger.LogError(e, "{Shard} is paused at {Position}", Name, Position);
                    Status = AgentStatus.Paused;
                    PausedTime = TimeProvider.System.GetUtcNow();
                    _tracker.Publish(new(Name, Position) { Action = ShardAction.Paused, Exception = e });
                }
            }
            await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryResetAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Forgets what was in memory and takes the stored position again.</summary>
    private async Task ResetAsync(CancellationToken token)
    {
        _run?.Forget();
        _failure = null;
        _partial = null;
        _stored = await _progress.StartAsync(_shard, _highWater, token).ConfigureAwait(false);
        Volatile.Write(ref _position, _stored);
    }

    private async Task TryResetAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        try
        {
            _run?.Forget();
            (_failure, _partial) = (null, null);
            _stored = await _progress.FindAsync(Name, _stop.Token).ConfigureAwait(false) ?? 0;
            Volatile.Write(ref _position, _stored);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _logger.LogWarning(e, "{Shard} cannot read its position at the moment", Name);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task RunPagesAsync(CancellationToken token)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        var ahead = Math.Clamp(Options.MaximumHopperSize / Math.Max(1, Options.BatchSize), 1, 10);
        var pages = Channel.CreateBounded<Page>(ahead);
        var loading = LoadAsync(Position, pages.Writer, end.Token);
        try
        {
            while (true)
            {
                var waiting = pages.Reader.WaitToReadAsync(token).AsTask();
                if (_stored < Position && !waiting.IsCompleted
                    && await Task.WhenAny(waiting, Task.Delay(IdleProgress, token)).ConfigureAwait(false) != waiting)
                {
                    await CommitAsync(null, Position, token).ConfigureAwait(false);
                }
                if (!await waiting.ConfigureAwait(false))
                    break;
                while (pages.Reader.TryRead(out var page))
                    await ProcessAsync(page, token).ConfigureAwait(false);
            }
            await loading.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await loading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // On the way out the position that was reached without events is worth keeping.
            if (token.IsCancellationRequested && _stored < Position)
                await TryStoreAsync().ConfigureAwait(false);
        }
    }

    private async Task TryStoreAsync()
    {
        try
        {
            await CommitAsync(null, Position, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _logger.LogDebug(e, "{Shard} could not store its position when it was stopped", Name);
        }
    }

    private async Task LoadAsync(long position, ChannelWriter<Page> pages, CancellationToken token)
    {
        try
        {
            while (true)
            {
                await _highWater.WaitBeyondAsync(position, token).ConfigureAwait(false);
                var page = await _loader.LoadAsync(position, _highWater.Mark, Options.BatchSize, token)
                    .ConfigureAwait(false);
                await pages.WriteAsync(page, token).ConfigureAwait(false);
                position = page.Ceiling;
            }
        }
        catch (Exception e)
        {
            pages.TryComplete(e);
            throw;
        }
    }

    private async Task ProcessAsync(Page page, CancellationToken token)
    {
        var events = page.Events;
        if (events.Count == 0 && page.Skipped.Count == 0)
        {
            // Stored a little later, together with the next page if one comes.
            Reached(page.Ceiling);
            return;
        }
        _deadLetters.AddRange(page.Skipped);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyAsync(page, events, token).ConfigureAwait(false);
                return;
            }
            catch (ApplyEventException e) when (attempt >= Attempts && ErrorOptions.SkipApplyErrors)
            {
                _logger.LogError(e, "{Shard} skips event {Sequence}, which it cannot apply", Name, e.Event.Sequence);
                _deadLetters.Add(new(e.Event, Name, e));
                events = [.. events.Where(x => x.Sequence != e.Event.Sequence)];
                attempt = 0;
                _run?.Forget();
            }
            catch (Exception e) when (attempt < Attempts && e is not OperationCanceledException
                and not ProgressionProgressOutOfOrderException)
            {
                _logger.LogWarning(e, "{Shard} could not process {Floor} to {Ceiling} at attempt {Attempt}", Name,
                    page.Floor, page.Ceiling, attempt);
                _run?.Forget();
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), token).ConfigureAwait(false);
            }
        }
    }

    private async Task ApplyAsync(Page page, List<IEvent> events, CancellationToken token)
    {
        await using var session = new DocumentSession(_store, new SessionOptions
        {
            Tracking = Options.EnableDocumentTrackingByIdentity ? DocumentTracking.IdentityOnly : DocumentTracking.None,
            Timeout = Math.Max(_store.Options.CommandTimeout, 60),
        });
        if (_run is not null)
        {
            await _run.ApplyAsync(session, events, token).ConfigureAwait(false);
            await CommitAsync(session, page.Ceiling, token).ConfigureAwait(false);
            return;
        }
        var range = new EventRange(this, page.Floor, page.Ceiling) { Events = events };
        var listener = await _shard.Subscription!.ProcessEventsAsync(range, this, session, token)
            .ConfigureAwait(false);
        var ceiling = _partial ?? page.Ceiling;
        if (_failure is null || _partial is not null)
            await CommitAsync(session, ceiling, token, listener).ConfigureAwait(false);
        if (_failure is not null)
            throw _failure;
        if (_partial is { } partial && partial < page.Ceiling)
            throw new TimeoutException($"{Name} asked for the events behind {partial} again");
        _partial = null;
    }

    private async Task CommitAsync(DocumentSession? session, long ceiling, CancellationToken token,
        IChangeListener? listener = null)
    {
        await using var own = session is null ? new DocumentSession(_store, new SessionOptions()) : null;
        session ??= own!;
        if (_deadLetters.Count > 0)
            session.Store(_deadLetters.AsEnumerable());
        session.Work.Add(_progress.Move(Name, _stored, ceiling));
        var listeners = _store.Options.Projections.AsyncListeners.AsEnumerable();
        if (listener is not null && listener is not NullChangeListener)
            listeners = listeners.Append(listener);
        await session.SavePageAsync([.. listeners], token).ConfigureAwait(false);
        _stored = ceiling;
        _deadLetters.Clear();
        Reached(ceiling);
    }

    private void Reached(long position)
    {
        Volatile.Write(ref _position, position);
        if (Status == AgentStatus.Paused)
            (Status, PausedTime) = (AgentStatus.Running, null);
        _tracker.Publish(new(Name, position));
    }
}
