using System.Threading.Channels;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Sessions;
using Marten.Services;
using Microsoft.Extensions.Logging;

namespace Marten.Internal.Daemon;

/// <summary>The pages: loaded ahead, applied, and committed with the position.</summary>
internal sealed partial class ShardAgent
{
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
