using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;

namespace JasperFx.Events.Aggregation;

/// <summary>One document per stream.</summary>
public abstract class JasperFxSingleStreamProjectionBase<TDoc, TId, TOperations, TQuerySession>
    : JasperFxAggregationProjectionBase<TDoc, TId, TOperations, TQuerySession>,
        Marten.Internal.Projections.IAggregator<TDoc>
    where TOperations : TQuerySession, IStorageOperations
    where TDoc : notnull
    where TId : notnull
{
    private Marten.Internal.Projections.Aggregation<TDoc, TId>? _aggregation;
    private Marten.Internal.Projections.AggregateMembers<TDoc, TId>? _members;

    private protected override bool IsSingleStream => true;

    async ValueTask<TDoc?> Marten.Internal.Projections.IAggregator<TDoc>.BuildAsync(Marten.IQuerySession session,
        IReadOnlyList<IEvent> events, TDoc? snapshot, object id, CancellationToken token)
    {
        if (events.Count == 0)
            return snapshot;
        _aggregation ??= Description();
        _members ??= new(((Marten.Internal.Sessions.QuerySession)session).Context.Mapping(typeof(TDoc)));
        var (document, _) = await _aggregation.FoldAsync(session, snapshot, (TId)id, events, _members, token)
            .ConfigureAwait(false);
        if (document is null)
            return document;
        if (_aggregation.ApplyMetadata is not null)
            document = events.Aggregate(document, _aggregation.ApplyMetadata);
        _members.SetIdentityIfMissing(document, (TId)id);
        _members.SetVersion(document, events[^1].Version);
        return document;
    }

    private protected override ValueTask<SliceGroup<TDoc, TId>> SliceAsync(TQuerySession session,
        IReadOnlyList<IEvent> events)
    {
        var group = new SliceGroup<TDoc, TId>();
        if (typeof(TId) == typeof(Guid))
        {
            foreach (var @event in events)
                group.AddEvent((TId)(object)@event.StreamId, @event);
        }
        else
        {
            foreach (var @event in events)
                group.AddEvent((TId)(object)@event.StreamKey!, @event);
        }
        return new(group);
    }
}

/// <summary>Documents across streams: rules say to which ones an event belongs.</summary>
public abstract class JasperFxMultiStreamProjectionBase<TDoc, TId, TOperations, TQuerySession>
    : JasperFxAggregationProjectionBase<TDoc, TId, TOperations, TQuerySession>
    where TOperations : TQuerySession, IStorageOperations
    where TDoc : notnull
    where TId : notnull
{
    private readonly List<Action<IReadOnlyList<IEvent>, SliceGroup<TDoc, TId>>> _rules = [];
    private readonly List<Func<TQuerySession, IReadOnlyList<IEvent>, IEventGrouping<TId>, Task>> _groupers = [];
    private readonly List<Func<IEvent, IEnumerable<IEvent>?>> _fanOutBefore = [];
    private readonly List<Func<IEvent, IEnumerable<IEvent>?>> _fanOutAfter = [];

    protected JasperFxMultiStreamProjectionBase() => Name = typeof(TDoc).Name;

    private protected override bool IsSingleStream => false;

    /// <summary>Events of this type belong to one document.</summary>
    public void Identity<TEvent>(Func<TEvent, TId> identityFunc) where TEvent : notnull
        => _rules.Add((events, group) => group.AddEvents(identityFunc, events));

    /// <summary>Events of this type belong to several documents.</summary>
    public void Identities<TEvent>(Func<TEvent, IReadOnlyList<TId>> identitiesFunc) where TEvent : notnull
        => _rules.Add((events, group) => group.AddEvents<TEvent>(e => identitiesFunc(e), events));

    /// <summary>A lookup decides.</summary>
    public void CustomGrouping(IJasperFxAggregateGrouper<TId, TQuerySession> grouper)
        => _groupers.Add(grouper.Group);

    /// <summary>A lookup decides.</summary>
    public void CustomGrouping(Func<TQuerySession, IReadOnlyList<IEvent>, IEventGrouping<TId>, Task> func)
        => _groupers.Add(func);

    /// <summary>Every event of a type brings others with it.</summary>
    public void FanOut<TEvent, TChild>(Func<TEvent, IEnumerable<TChild>> fanOutFunc,
        FanoutMode mode = FanoutMode.AfterGrouping)
        where TEvent : notnull
        where TChild : notnull
        => FanOut<TEvent, TChild>((IEvent<TEvent> e) => fanOutFunc(e.Data), mode);

    /// <inheritdoc cref="FanOut{TEvent,TChild}(Func{TEvent,IEnumerable{TChild}},FanoutMode)"/>
    public void FanOut<TEvent, TChild>(Func<IEvent<TEvent>, IEnumerable<TChild>> fanOutFunc,
        FanoutMode mode = FanoutMode.AfterGrouping)
        where TEvent : notnull
        where TChild : notnull
    {
        IncludeType<TEvent>();
        (mode == FanoutMode.BeforeGrouping ? _fanOutBefore : _fanOutAfter).Add(
            e => e is IEvent<TEvent> typed ? Grouping.FanOut.Children(e, fanOutFunc(typed)) : null);
    }

    public sealed override void AssembleAndAssertValidity()
    {
        base.AssembleAndAssertValidity();
        if (_rules.Count + _groupers.Count == 0)
        {
            throw new InvalidProjectionException(
                $"{GetType().FullName} is a multi-stream projection, but has no defined event slicing rules.");
        }
    }

    private protected override async ValueTask<SliceGroup<TDoc, TId>> SliceAsync(TQuerySession session,
        IReadOnlyList<IEvent> events)
    {
        foreach (var rule in _fanOutBefore)
            events = Grouping.FanOut.Apply(events, rule);
        var group = new SliceGroup<TDoc, TId>();
        foreach (var rule in _rules)
            rule(events, group);
        foreach (var grouper in _groupers)
            await grouper(session, events, group).ConfigureAwait(false);
        if (_rules.Count + _groupers.Count + _fanOutAfter.Count > 1)
        {
            foreach (var slice in group.All.Values)
                Reorder(slice);
        }
        return group;
    }

    /// <summary>Rules run one after the other, so the events of a slice are put in order, each of them once.</summary>
    private void Reorder(EventSlice<TDoc, TId> slice)
    {
        var events = slice.Events();
        if (events.Count > 1)
        {
            var ordered = true;
            for (var i = 1; i < events.Count && ordered; i++)
                ordered = events[i - 1].Sequence < events[i].Sequence;
            if (!ordered)
            {
                // Fanned-out children share the number, and the id, of their parent; the sort keeps their order.
                var seen = new HashSet<IEvent>(ReferenceEqualityComparer.Instance);
                slice.Replace([.. events.Where(seen.Add).OrderBy(e => e.Sequence)]);
            }
        }
        foreach (var rule in _fanOutAfter)
            slice.Replace(Grouping.FanOut.Apply(slice.Events(), rule));
    }
}
