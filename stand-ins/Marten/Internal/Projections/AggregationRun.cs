using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using Marten.Internal.Documents;
using Marten.Internal.Sessions;

namespace Marten.Internal.Projections;

/// <summary>
/// Runs an aggregation: continuously page by page, or in a rebuild with all documents in memory, which are written
/// once many have changed.
/// </summary>
internal sealed class AggregationRun<TDoc, TId>(
    Aggregation<TDoc, TId> aggregation,
    StoreContext store,
    ShardExecutionMode mode) : ProjectionRun
    where TDoc : notnull
    where TId : notnull
{
    private const int DirtyLimit = 50_000;
    private const int KeptLimit = 500_000;

    private readonly DocumentMapping _mapping = store.Mapping(typeof(TDoc));
    private readonly AggregateMembers<TDoc, TId> _members = new(store.Mapping(typeof(TDoc)));
    private readonly Dictionary<TId, Entry> _kept = [];
    private readonly List<Entry> _dirty = [];

    private bool IsRebuild => mode == ShardExecutionMode.Rebuild;

    private int KeepLimit => IsRebuild ? KeptLimit : aggregation.Options.CacheLimitPerTenant;

    public override bool WantsFlush => !IsRebuild || _dirty.Count >= DirtyLimit;

    public override void Forget()
    {
        _kept.Clear();
        _dirty.Clear();
    }

    public override Task ApplyInlineAsync(DocumentSession operations, IReadOnlyList<IEvent> events,
        CancellationToken token)
        // Appends run at the same time, each with a run of its own; nothing is kept.
        => new AggregationRun<TDoc, TId>(aggregation, store, mode).RunInlineAsync(operations, events, token);

    public override async Task ApplyAsync(DocumentSession operations, IReadOnlyList<IEvent> events,
        CancellationToken token)
    {
        var group = await SliceAsync(operations, events, token).ConfigureAwait(false);
        await LoadAsync(operations, group, token).ConfigureAwait(false);
        foreach (var slice in group.All.Values)
            await FoldAsync(operations, slice, token).ConfigureAwait(false);
        if (!IsRebuild)
            await FlushAsync(operations, token).ConfigureAwait(false);
    }

    public override ValueTask FlushAsync(DocumentSession operations, CancellationToken token)
    {
        operations.Work.Add(new ProjectedWrite(_mapping, [.. _dirty.Select(e => e.Take())]));
        _dirty.Clear();
        if (_kept.Count > KeepLimit)
            _kept.Clear();
        return default;
    }

    private async Task RunInlineAsync(DocumentSession operations, IReadOnlyList<IEvent> events,
        CancellationToken token)
    {
        var group = await SliceAsync(operations, events, token).ConfigureAwait(false);
        // Streams of other aggregates are none of its business.
        foreach (var slice in group.All.Values.Where(s => !aggregation.Handles(s.Events())).ToArray())
            group.All.Remove(slice.Id);
        if (group.All.Count == 0)
            return;
        await LoadAsync(operations, group, token).ConfigureAwait(false);
        foreach (var slice in group.All.Values)
        {
            await FoldAsync(operations, slice, token).ConfigureAwait(false);
            if (slice.Snapshot is not null)
                operations.Remember(typeof(TDoc), slice.Id, slice.Snapshot);
        }
        await FlushAsync(operations, token).ConfigureAwait(false);
    }

    private async Task<SliceGroup<TDoc, TId>> SliceAsync(DocumentSession operations, IReadOnlyList<IEvent> events,
        CancellationToken token)
    {
        var group = await aggregation.SliceAsync(operations, events).ConfigureAwait(false);
        if (aggregation.Enrich is not null)
            await aggregation.Enrich(group, operations, token).ConfigureAwait(false);
        return group;
    }

    /// <summary>Reads the documents that are not in memory, all in one query.</summary>
    private async Task LoadAsync(DocumentSession operations, SliceGroup<TDoc, TId> group, CancellationToken token)
    {
        List<object>? missing = null;
        foreach (var (id, slice) in group.All)
        {
            if (_kept.ContainsKey(id))
                continue;
            _kept[id] = new Entry { Id = id };
            // A stream's document does not exist before its first event.
            if (!aggregation.IsSingleStream || slice.Events()[0].Version != 1)
                (missing ??= []).Add(id);
        }
        if (missing is null)
            return;
        await store.Schema.EnsureAsync(typeof(TDoc)).ConfigureAwait(false);
        await operations.ReadAsync(store.Sql(_mapping).LoadMany, [DocumentBatch.Ids(_mapping, missing)], (reader, _) =>
        {
            var entry = _kept[(TId)reader.GetValue(1)];
            entry.Document = operations.IsMapped(typeof(TDoc))
                ? operations.Resolve<TDoc>(_mapping, reader)
                : store.FromJson<TDoc>(reader, 0);
            entry.Stored = true;
            return new ValueTask<bool>(true);
        }, token).ConfigureAwait(false);
    }

    private async ValueTask FoldAsync(DocumentSession operations, EventSlice<TDoc, TId> slice, CancellationToken token)
    {
        var entry = _kept[slice.Id];
        var events = slice.Events();
        var folding = aggregation.FoldAsync(operations, entry.Document, slice.Id, events, _members, token);
        var (document, action) = folding.IsCompletedSuccessfully
            ? folding.Result
            : await folding.ConfigureAwait(false);
        var last = events[^1];
        if (document is not null && aggregation.ApplyMetadata is not null)
        {
            foreach (var @event in events)
                document = aggregation.ApplyMetadata(document, @event);
        }
        if (document is not null)
        {
            _members.SetIdentityIfMissing(document, slice.Id);
            _members.SetVersion(document, aggregation.IsSingleStream ? last.Version : last.Sequence);
        }
        slice.Snapshot = document;
        slice.RecordAction(action);
        switch (action)
        {
            case ActionType.Nothing:
                break;
            case ActionType.Delete or ActionType.HardDelete:
                Change(entry, default, last);
                break;
            default:
                Change(entry, document, last);
                break;
        }
        if (aggregation.RaiseSideEffects is not null && !IsRebuild)
            await RaiseAsync(operations, slice).ConfigureAwait(false);
    }

    private void Change(Entry entry, TDoc? document, IEvent last)
    {
        entry.Document = document;
        entry.Version = aggregation.IsSingleStream ? last.Version : last.Sequence;
        if (entry.Dirty)
            return;
        entry.Dirty = true;
        _dirty.Add(entry);
    }

    private async ValueTask RaiseAsync(DocumentSession operations, EventSlice<TDoc, TId> slice)
    {
        await aggregation.RaiseSideEffects!(operations, slice.Id, slice).ConfigureAwait(false);
        foreach (var raised in slice.RaisedEvents ?? [])
        {
            if (raised.StreamKey is { } key)
                operations.Events.Append(key, raised);
            else
                operations.Events.Append(raised.StreamId, raised);
        }
    }

    private sealed class Entry
    {
        public required TId Id { get; init; }

        public TDoc? Document { get; set; }

        public long Version { get; set; }

        public bool Dirty { get; set; }

        public bool Stored { get; set; }

        /// <summary>What to write; afterwards the entry is clean.</summary>
        public ProjectedDocument Take()
        {
            var known = Stored;
            Dirty = false;
            Stored = Document is not null;
            return new(Id, Document, Version, known);
        }
    }
}

/// <summary>A document as its projection left it; without one it is deleted.</summary>
internal readonly record struct ProjectedDocument(object Id, object? Document, long Version, bool Existed);

/// <summary>All documents of a type that a page has changed.</summary>
internal sealed class ProjectedWrite(DocumentMapping mapping, ProjectedDocument[] documents) : Operation
{
    public override DocumentMapping Mapping => mapping;

    public ProjectedDocument[] Documents => documents;

    public override void AddTo(BatchBuilder batch)
    {
        var changed = Array.FindAll(documents, d => d.Document is not null);
        if (changed.Length > 0)
        {
            batch.Add(batch.Store.Sql(mapping).Overwrite, DocumentBatch.Parameters(mapping,
                Array.ConvertAll(changed, d => d.Id), Array.ConvertAll(changed, d => batch.Store.ToJson(d.Document!)),
                [], Array.ConvertAll(changed, d => d.Version)));
        }
        var gone = Array.FindAll(documents, d => d.Document is null && d.Existed);
        if (gone.Length > 0)
        {
            batch.Add(batch.Store.Sql(mapping).DeleteMany,
                DocumentBatch.Ids(mapping, Array.ConvertAll(gone, d => d.Id)));
        }
    }
}
