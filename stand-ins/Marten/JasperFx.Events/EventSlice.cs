using JasperFx.Events.Daemon;

namespace JasperFx.Events;

public interface IEventSlice
{
    string TenantId { get; }

    IReadOnlyList<IEvent> Events();
}

/// <summary>The events of one aggregate within a page, as side effects see them.</summary>
public interface IEventSlice<T> : IEventSlice
{
    /// <summary>The aggregate after the events; null when it was deleted.</summary>
    T? Snapshot { get; }

    void AppendEvent<TEvent>(Guid streamId, TEvent @event) where TEvent : notnull;

    void AppendEvent<TEvent>(string streamKey, TEvent @event) where TEvent : notnull;

    void AppendEvent<TEvent>(TEvent @event) where TEvent : notnull;

    IEnumerable<IEvent> RaisedEvents();
}

/// <summary>The events of one aggregate within a page.</summary>
public class EventSlice<TDoc, TId> : IEventSlice<TDoc>
{
    private readonly List<IEvent> _events = [];

    public EventSlice(TId id, string tenantId, IEnumerable<IEvent>? events = null)
    {
        Id = id;
        TenantId = tenantId;
        if (events is not null)
            _events.AddRange(events);
    }

    public TId Id { get; }

    public string TenantId { get; }

    public TDoc? Snapshot { get; set; }

    public ActionType ResultingAction { get; private set; } = ActionType.Nothing;

    public List<IEvent>? RaisedEvents { get; private set; }

    public int Count => _events.Count;

    public IReadOnlyList<IEvent> Events() => _events;

    public void AddEvent(IEvent e) => _events.Add(e);

    public void AddEvents(IEnumerable<IEvent> events) => _events.AddRange(events);

    public IEnumerable<object> AllData() => _events.Select(e => e.Data);

    public void RecordAction(ActionType action) => ResultingAction = action;

    IEnumerable<IEvent> IEventSlice<TDoc>.RaisedEvents() => RaisedEvents ?? [];

    void IEventSlice<TDoc>.AppendEvent<TEvent>(Guid streamId, TEvent @event)
        => (RaisedEvents ??= []).Add(new Event<TEvent>(@event) { StreamId = streamId });

    void IEventSlice<TDoc>.AppendEvent<TEvent>(string streamKey, TEvent @event)
        => (RaisedEvents ??= []).Add(new Event<TEvent>(@event) { StreamKey = streamKey });

    void IEventSlice<TDoc>.AppendEvent<TEvent>(TEvent @event)
    {
        var raised = new Event<TEvent>(@event);
        if (Id is Guid id)
            raised.StreamId = id;
        else
            raised.StreamKey = Id as string;
        (RaisedEvents ??= []).Add(raised);
    }

    /// <summary>Used for fan-out: the events with others put in their place or behind them.</summary>
    internal void Replace(List<IEvent> events)
    {
        _events.Clear();
        _events.AddRange(events);
    }
}
