using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Subscriptions;
using Marten.Events;
using Marten.Exceptions;
using Marten.Services.Json.Transformations;
using Marten.Subscriptions;

namespace Marten.Internal.Events;

/// <summary>The options of the event store, and its event types.</summary>
internal sealed class EventGraph(StoreOptions options) : IEventStoreOptions, IReadOnlyEventStoreOptions
{
    private readonly ConcurrentDictionary<Type, EventMapping> _byType = [];
    private readonly ConcurrentDictionary<string, EventMapping> _byAlias = [];
    private readonly ConcurrentDictionary<Type, string> _aggregateAliases = [];
    private readonly List<Func<IEvent, bool>> _maskers = [];
    private string? _schema;

    public StreamIdentity StreamIdentity { get; set; } = StreamIdentity.AsGuid;

    public bool EnableSideEffectsOnInlineProjections { get; set; }

    public bool UseIdentityMapForAggregates { get; set; } = true;

    public string DatabaseSchemaName { get => _schema ?? options.DatabaseSchemaName; set => _schema = value; }

    public MetadataConfig MetadataConfig { get; } = new();

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    public bool EnableUniqueIndexOnEventId { get; set; }

    public bool EnableEventTypeIndex { get; set; }

    public EventAppendMode AppendMode { get; set; } = EventAppendMode.QuickWithServerTimestamps;

    public bool UseMandatoryStreamTypeDeclaration { get; set; }

    public EventNamingStyle EventNamingStyle { get; set; } = EventNamingStyle.ClassicTypeName;

    public bool UseListenNotifyForEventAppends { get; set; }

    IReadOnlyDaemonSettings IReadOnlyEventStoreOptions.Daemon => options.Projections;

    public IEnumerable<EventMapping> AllMappings => _byType.Values.Concat(_byAlias.Values).Distinct();

    public EventMapping MappingFor(Type eventType)
        => _byType.TryGetValue(eventType, out var known) ? known : _byType.GetOrAdd(eventType, type =>
        {
            var mapping = EventMapping.Create(type, type.GetEventTypeName(EventNamingStyle));
            // An upcaster, or a type mapped to the alias on purpose, has precedence.
            _byAlias.TryAdd(mapping.Alias, mapping);
            return mapping;
        });

    /// <summary>The mapping of a stored row: the alias decides, the type's name helps out.</summary>
    public EventMapping MappingFor(string alias, string? dotNetType, long sequence)
    {
        if (_byAlias.TryGetValue(alias, out var known))
            return known;
        if (dotNetType is not null && Type.GetType(dotNetType) is { } type)
        {
            var mapping = MappingFor(type);
            _byAlias.TryAdd(alias, mapping);
            return mapping;
        }
        throw new UnknownEventTypeException(alias, sequence);
    }

    public IEvent BuildEvent(object data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data is not IEvent wrapped)
            return MappingFor(data.GetType()).Wrap(data);
        var mapping = MappingFor(wrapped.EventType);
        wrapped.EventTypeName = mapping.Alias;
        wrapped.DotNetTypeName = mapping.DotNetTypeName;
        return wrapped;
    }

    public string AggregateAlias(Type aggregate) => _aggregateAliases.GetOrAdd(aggregate, type => type.IsGenericType
        ? TypeNames.Short(type)
        : EventTypeExtensions.ToTableAlias(type.Name));

    public Type? AggregateType(string? alias)
    {
        if (alias is null)
            return null;
        foreach (var type in options.Projections.AggregateTypes())
            AggregateAlias(type);
        return _aggregateAliases.FirstOrDefault(p => p.Value == alias).Key;
    }

    public IEventStoreOptions AddEventType<TEvent>()
    {
        AddEventType(typeof(TEvent));
        return this;
    }

    public void AddEventType(Type eventType) => MappingFor(eventType);

    public void AddEventTypes(IEnumerable<Type> types)
    {
        foreach (var type in types)
            AddEventType(type);
    }

    public void MapEventType<TEvent>(string eventTypeName) where TEvent : class
        => MapEventType(typeof(TEvent), eventTypeName);

    public void MapEventType(Type eventType, string eventTypeName)
    {
        var mapping = MappingFor(eventType);
        if (_byAlias.TryGetValue(mapping.Alias, out var holder) && holder == mapping)
            _byAlias.TryRemove(mapping.Alias, out _);
        mapping.Alias = eventTypeName;
        if (!_byAlias.TryGetValue(eventTypeName, out var other) || other.Transformation is null)
            _byAlias[eventTypeName] = mapping;
    }

    public void Subscribe(ISubscription subscription) => options.Projections.Subscribe(subscription);

    public void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null)
        => options.Projections.Subscribe(subscription, configure);

    public IEventStoreOptions Upcast<TEvent>(string eventTypeName, JsonTransformation jsonTransformation)
        where TEvent : class
        => Upcast(typeof(TEvent), eventTypeName, jsonTransformation);

    public IEventStoreOptions Upcast(Type eventType, string eventTypeName, JsonTransformation jsonTransformation)
    {
        MappingFor(eventType);
        var mapping = EventMapping.Create(eventType, eventTypeName);
        mapping.Transformation = jsonTransformation;
        _byAlias[eventTypeName] = mapping;
        return this;
    }

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, TEvent> upcast)
        where TOldEvent : class
        where TEvent : class
        => Upcast(typeof(TEvent), eventTypeName, JsonTransformations.Upcast(upcast));

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> upcast)
        where TOldEvent : class
        where TEvent : class
        => Upcast(EventTypeExtensions.GetEventTypeName<TOldEvent>(), upcast);

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName,
        Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class
        where TEvent : class
        => Upcast(typeof(TEvent), eventTypeName, JsonTransformations.Upcast(upcastAsync));

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(
        Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class
        where TEvent : class
        => Upcast(EventTypeExtensions.GetEventTypeName<TOldEvent>(), upcastAsync);

    public IEventStoreOptions Upcast(params IEventUpcaster[] upcasters)
    {
        foreach (var upcaster in upcasters)
        {
            Upcast(upcaster.EventType, upcaster.EventTypeName,
                new JsonTransformation(upcaster.FromDbDataReader, upcaster.FromDbDataReaderAsync));
        }
        return this;
    }

    public IEventStoreOptions Upcast<TUpcaster>() where TUpcaster : IEventUpcaster, new() => Upcast(new TUpcaster());

    public void AddMaskingRuleForProtectedInformation<T>(Action<T> action) => _maskers.Add(e =>
    {
        if (e.Data is not T data)
            return false;
        action(data);
        return true;
    });

#pragma warning disable CS8714 // The interface, as in the real package, does not say that T is not nullable.
    public void AddMaskingRuleForProtectedInformation<T>(Func<T, T> func) => _maskers.Add(e =>
    {
        if (e is not Event<T> typed)
            return false;
        typed.Data = func(typed.Data);
        return true;
    });
#pragma warning restore CS8714

    /// <summary>Applies every rule that fits; false if none does.</summary>
    public bool TryMask(IEvent @event) => _maskers.Aggregate(false, (matched, mask) => mask(@event) | matched);
}
