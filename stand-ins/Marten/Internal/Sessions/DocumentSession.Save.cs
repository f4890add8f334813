using System.Data;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten.Internal.Events;
using Npgsql;

namespace Marten.Internal.Sessions;

internal sealed partial class DocumentSession
{
    private const int Attempts = 3;

    public async Task SaveChangesAsync(CancellationToken token = default)
    {
        if (Listeners.Count > 0)
        {
            foreach (var listener in Listeners)
                await listener.BeforeSaveChangesAsync(this, token).ConfigureAwait(false);
        }
        if (Work.IsEmpty)
        {
            await Link.CommitAsync(token).ConfigureAwait(false);
            Work.Clear();
            return;
        }
        var appends = Work.StreamList.Exists(s => s.Events.Count > 0);
        await EnsureStorageAsync(appends).ConfigureAwait(false);
        if (appends)
            new EventAppender(Context).Prepare(Work.StreamList, this);
        var queued = Work.Operations.Count;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CommitAsync(appends, token).ConfigureAwait(false);
                break;
            }
            catch (Exception e)
            {
                var ownTransaction = Link.Commits;
                await Link.RollbackAsync().ConfigureAwait(false);
                var failure = await Failures.TranslateAsync(e, Context, Work).ConfigureAwait(false);
                if (failure is null && attempt < Attempts && ownTransaction && queued == Work.Operations.Count)
                    continue;
                if (ReferenceEquals(failure, e))
                    ExceptionDispatchInfo.Throw(e);
                throw failure ?? new EventStreamUnexpectedMaxEventIdException("A stream was made by another session");
            }
        }
        if (appends)
            Context.Signal.Raise();
        if (Listeners.Count > 0)
        {
            var commit = Work.Clone();
            foreach (var listener in Listeners)
                await listener.AfterCommitAsync(this, commit, token).ConfigureAwait(false);
        }
        RememberVersions();
        Work.Clear();
    }

    /// <summary>Saves what a projection or subscription has queued, and tells its listeners.</summary>
    public async Task SavePageAsync(IReadOnlyList<IChangeListener> listeners, CancellationToken token)
    {
        foreach (var listener in listeners)
            await listener.BeforeCommitAsync(this, Work, token).ConfigureAwait(false);
        var commit = listeners.Count > 0 ? Work.Clone() : Work;
        await SaveChangesAsync(token).ConfigureAwait(false);
        foreach (var listener in listeners)
            await listener.AfterCommitAsync(this, commit, token).ConfigureAwait(false);
    }

    /// <summary>The statements of everything queued but the streams.</summary>
    public void AddOperations(BatchBuilder batch)
    {
        // Neighbours that write documents of the same type in the same way become one statement.
        DocumentBatch? open = null;
        foreach (var operation in Work.Operations)
        {
            if (operation is DocumentWrite { IsChecked: false } write)
            {
                if (open is null || open.Mapping != write.Mapping || open.Kind != write.Kind)
                {
                    open?.AddTo(batch);
                    open = new DocumentBatch(write.Mapping, write.Kind);
                }
                open.Add(write.Id, write.Document, null, write.NewVersion, write.Revision);
                continue;
            }
            open?.AddTo(batch);
            open = null;
            operation.AddTo(batch);
        }
        open?.AddTo(batch);
    }

    private async Task CommitAsync(bool appends, CancellationToken token)
    {
        // Without inline projections a batch is a transaction of its own, and takes one round trip.
        if (Options.IsolationLevel is not (IsolationLevel.ReadCommitted or IsolationLevel.Unspecified))
            await Link.BeginAsync(token).ConfigureAwait(false);
        if (appends && Context.Inline.Length > 0)
        {
            await RunInlineAsync(token).ConfigureAwait(false);
            await EnsureStorageAsync(false).ConfigureAwait(false);
        }
        var batch = new BatchBuilder(Context);
        new EventAppender(Context).AddTo(batch, Work.StreamList);
        AddOperations(batch);
        if (appends && !Link.Commits && Context.Options.Events.UseListenNotifyForEventAppends)
            batch.Add($"select pg_notify('{AppendSignal.Channel}', '')");
        await batch.ExecuteAsync(Link, token).ConfigureAwait(false);
        RequestCountUp();
        await Link.CommitAsync(token).ConfigureAwait(false);
    }

    /// <summary>
    /// Locks the streams' rows, so that the versions which the projections see are those that are written.
    /// </summary>
    private async Task RunInlineAsync(CancellationToken token)
    {
        await Link.BeginAsync(token).ConfigureAwait(false);
        var unknown = Work.StreamList.Where(s => s.Events.Count > 0 && s.ActionType == StreamActionType.Append
            && s.ExpectedVersionOnServer is null).ToArray();
        if (unknown.Length > 0)
        {
            var byKey = Context.Options.Events.StreamIdentity == StreamIdentity.AsString;
            object ids = byKey ? unknown.Select(s => s.Key!).ToArray() : unknown.Select(s => s.Id).ToArray();
            var versions = await ReadAsync(Context.Events.LockVersions, [new() { Value = ids }], (reader, _)
                => new ValueTask<(object Id, long Version)>((reader.GetValue(0), reader.GetInt64(1))), token)
                .ConfigureAwait(false);
            var known = versions.ToDictionary(v => v.Id, v => v.Version);
            foreach (var stream in unknown)
                EventAppender.SetVersions(stream, known.GetValueOrDefault(byKey ? stream.Key! : stream.Id));
        }
        var events = Work.StreamList.SelectMany(s => s.Events).ToArray();
        foreach (var projection in Context.Inline)
            await projection.ApplyInlineAsync(this, events, token).ConfigureAwait(false);
    }

    private async Task EnsureStorageAsync(bool appends)
    {
        if (appends)
        {
            await Context.Schema.EnsureEventsAsync().ConfigureAwait(false);
            foreach (var type in Context.InlineTypes)
                await Context.Schema.EnsureAsync(type).ConfigureAwait(false);
        }
        foreach (var type in Work.Operations.Where(o => o.Mapping is not null).Select(o => o.Mapping!.DocumentType)
            .Distinct())
        {
            await Context.Schema.EnsureAsync(type).ConfigureAwait(false);
        }
    }

    private void RememberVersions()
    {
        foreach (var operation in Work.Operations)
        {
            if (operation is not DocumentWrite write)
                continue;
            if (write.Mapping.OptimisticConcurrency)
            {
                SetVersion(write.Mapping.DocumentType, write.Id, write.NewVersion);
                Versions.Set(write.Mapping, write.Document, write.NewVersion);
            }
            else if (write.Mapping.NumericRevisions && !write.Mapping.IsProjected)
            {
                Versions.Set(write.Mapping, write.Document, Math.Max(write.Revision, 1));
            }
        }
    }
}
