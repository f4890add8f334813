namespace JasperFx.Events.Grouping;

/// <summary>When fanned-out events are made: before their aggregates are looked up, or behind their parent.</summary>
public enum FanoutMode { BeforeGrouping, AfterGrouping }

/// <summary>Assigns events to aggregates.</summary>
public interface IEventGrouping<in TId>
{
    void AddEvent(TId id, IEvent @event);

    void AddEvents(TId id, IEnumerable<IEvent> events);

    void AddEvents<TEvent>(Func<TEvent, TId> singleIdSource, IEnumerable<IEvent> events) where TEvent : notnull;

    void AddEvents<TEvent>(Func<TEvent, IEnumerable<TId>> multipleIdSource, IEnumerable<IEvent> events)
        where TEvent : notnull;

    void FanOutOnEach<TSource, TChild>(Func<TSource, IEnumerable<TChild>> fanOutFunc)
        where TSource : notnull where TChild : notnull;
}

/// <summary>A custom assignment of events to aggregates, which may query.</summary>
public interface IJasperFxAggregateGrouper<out TId, in TQuerySession>
{
    Task Group(TQuerySession session, IReadOnlyList<IEvent> events, IEventGrouping<TId> grouping);
}

/// <summary>The slices of a page, by aggregate.</summary>
public class SliceGroup<TDoc, TId> : IEventGrouping<TId> where TId : notnull
{
    private readonly Dictionary<TId, EventSlice<TDoc, TId>> _slices = [];

    public SliceGroup()
        : this(StorageConstants.DefaultTenantId)
    {
    }

    public SliceGroup(string tenantId) => TenantId = tenantId;

    public string TenantId { get; }

    /// <summary>In the order in which their first event came.</summary>
    internal Dictionary<TId, EventSlice<TDoc, TId>> All => _slices;

    public void AddEvent(TId id, IEvent @event)
    {
        if (id is null || EqualityComparer<TId>.Default.Equals(id, default))
            return;
        ref var slice = ref System.Runtime.InteropServices.CollectionsMarshal
            .GetValueRefOrAddDefault(_slices, id, out _);
        (slice ??= new(id, TenantId)).AddEvent(@event);
    }

    public void AddEvents(TId id, IEnumerable<IEvent> events)
    {
        foreach (var @event in events)
            AddEvent(id, @event);
    }

    public void AddEvents<TEvent>(Func<TEvent, TId> singleIdSource, IEnumerable<IEvent> events) where TEvent : notnull
    {
        foreach (var @event in events)
        {
            if (@event is TEvent wrapped)
                AddEvent(singleIdSource(wrapped), @event);
            else if (@event is IEvent<TEvent> typed)
                AddEvent(singleIdSource(typed.Data), @event);
        }
    }

    public void AddEvents<TEvent>(Func<TEvent, IEnumerable<TId>> multipleIdSource, IEnumerable<IEvent> events)
        where TEvent : notnull
    {
        foreach (var @event in events)
        {
            var ids = @event switch
            {
                TEvent wrapped => multipleIdSource(wrapped),
                IEvent<TEvent> typed => multipleIdSource(typed.Data),
                _ => [],
            };
            foreach (var id in ids)
                AddEvent(id, @event);
        }
    }

    public void FanOutOnEach<TSource, TChild>(Func<TSource, IEnumerable<TChild>> fanOutFunc)
        where TSource : notnull where TChild : notnull
    {
        foreach (var slice in _slices.Values)
        {
            slice.Replace(FanOut.Apply(slice.Events(),
                e => e is IEvent<TSource> source ? FanOut.Children(source, fanOutFunc(source.Data)) : null));
        }
    }
}

internal static class FanOut
{
    /// <summary>The events, each followed by its children.</summary>
    public static List<IEvent> Apply(IReadOnlyList<IEvent> events, Func<IEvent, IEnumerable<IEvent>?> children)
    {
        var result = new List<IEvent>(events.Count);
        foreach (var @event in events)
        {
            result.Add(@event);
            if (children(@event) is { } more)
                result.AddRange(more);
        }
        return result;
    }

    public static IEnumerable<IEvent> Children<TChild>(IEvent parent, IEnumerable<TChild> children)
        where TChild : notnull
        => children.Select(parent.WithData);
}
