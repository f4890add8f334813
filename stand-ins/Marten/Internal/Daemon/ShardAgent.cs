using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;
using Marten.Internal.Sessions;
using Microsoft.Extensions.Logging;

namespace Marten.Internal.Daemon;

/// <summary>Runs one shard continuously: loads pages ahead, and commits each with the new position.</summary>
internal sealed partial class ShardAgent : ISubscriptionAgent
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
}
