using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Subscriptions;
using Marten.Services.Json.Transformations;
using Marten.Subscriptions;

namespace Marten.Events
{
    /// <summary>How events are stored.</summary>
    public interface IEventStoreOptions
    {
        /// <summary>Streams are identified by Guids (default) or strings.</summary>
        StreamIdentity StreamIdentity { get; set; }

        /// <summary>Let RaiseSideEffects run for inline projections too.</summary>
        bool EnableSideEffectsOnInlineProjections { get; set; }

        /// <summary>FetchForWriting and an inline projection share the aggregate's instance.</summary>
        bool UseIdentityMapForAggregates { get; set; }

        string DatabaseSchemaName { get; set; }

        MetadataConfig MetadataConfig { get; }

        /// <summary>Where timestamps come from.</summary>
        TimeProvider TimeProvider { get; set; }

        bool EnableUniqueIndexOnEventId { get; set; }

        bool EnableEventTypeIndex { get; set; }

        EventAppendMode AppendMode { get; set; }

        bool UseMandatoryStreamTypeDeclaration { get; set; }

        EventNamingStyle EventNamingStyle { get; set; }

        /// <summary>Appends notify, and daemons listen, so that these need not poll.</summary>
        bool UseListenNotifyForEventAppends { get; set; }

        IEventStoreOptions AddEventType<TEvent>();

        void AddEventType(Type eventType);

        void AddEventTypes(IEnumerable<Type> types);

        /// <summary>Gives an event type its stored alias.</summary>
        void MapEventType<TEvent>(string eventTypeName) where TEvent : class;

        void MapEventType(Type eventType, string eventTypeName);

        void Subscribe(ISubscription subscription);

        void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null);

        IEventStoreOptions Upcast<TEvent>(string eventTypeName, JsonTransformation jsonTransformation)
            where TEvent : class;

        IEventStoreOptions Upcast(Type eventType, string eventTypeName, JsonTransformation jsonTransformation);

        IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, TEvent> upcast)
            where TOldEvent : class
            where TEvent : class;

        IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> upcast)
            where TOldEvent : class
            where TEvent : class;

        IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName,
            Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
            where TOldEvent : class
            where TEvent : class;

        IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
            where TOldEvent : class
            where TEvent : class;

        IEventStoreOptions Upcast(params IEventUpcaster[] upcasters);

        IEventStoreOptions Upcast<TUpcaster>() where TUpcaster : IEventUpcaster, new();

        /// <summary>How a masking run changes events of this type in place.</summary>
        void AddMaskingRuleForProtectedInformation<T>(Action<T> action);

        /// <summary>How a masking run replaces the data of events of this type.</summary>
        void AddMaskingRuleForProtectedInformation<T>(Func<T, T> func);
    }

    public interface IReadOnlyEventStoreOptions
    {
        IReadOnlyDaemonSettings Daemon { get; }

        StreamIdentity StreamIdentity { get; }

        string DatabaseSchemaName { get; }

        bool EnableSideEffectsOnInlineProjections { get; }

        EventAppendMode AppendMode { get; set; }

        bool UseMandatoryStreamTypeDeclaration { get; set; }
    }

    /// <summary>Which metadata columns events have.</summary>
    public class MetadataConfig
    {
        internal MetadataConfig()
        {
        }

        public bool CorrelationIdEnabled { get; set; }

        public bool CausationIdEnabled { get; set; }

        public bool HeadersEnabled { get; set; }

        public bool UserNameEnabled { get; set; }

        public void EnableAll()
            => CorrelationIdEnabled = CausationIdEnabled = HeadersEnabled = UserNameEnabled = true;
    }
}

/// <summary>Aliases with suffixes and schema versions.</summary>
public static class EventStoreOptionsExtensions
{
    public static Marten.Events.IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(
        this Marten.Events.IEventStoreOptions options, string eventTypeName, string suffix) where TEvent : class
    {
        options.MapEventType<TEvent>(eventTypeName.GetEventTypeNameWithSuffix(suffix));
        return options;
    }

    public static Marten.Events.IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(
        this Marten.Events.IEventStoreOptions options, string suffix) where TEvent : class
    {
        options.MapEventType<TEvent>(EventTypeExtensions.GetEventTypeNameWithSuffix<TEvent>(suffix));
        return options;
    }

    public static Marten.Events.IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(
        this Marten.Events.IEventStoreOptions options, uint schemaVersion) where TEvent : class
    {
        options.MapEventType<TEvent>(
            EventTypeExtensions.GetEventTypeNameWithSchemaVersion(typeof(TEvent), schemaVersion));
        return options;
    }

    public static Marten.Events.IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(
        this Marten.Events.IEventStoreOptions options, string eventTypeName, uint schemaVersion) where TEvent : class
    {
        options.MapEventType<TEvent>(
            EventTypeExtensions.GetEventTypeNameWithSchemaVersion(eventTypeName, schemaVersion));
        return options;
    }

    public static Marten.Events.IEventStoreOptions Upcast<TEvent>(
        this Marten.Events.IEventStoreOptions options, JsonTransformation jsonTransformation) where TEvent : class
        => options.Upcast<TEvent>(EventTypeExtensions.GetEventTypeName<TEvent>(), jsonTransformation);

    public static Marten.Events.IEventStoreOptions Upcast<TEvent>(
        this Marten.Events.IEventStoreOptions options, uint schemaVersion, JsonTransformation jsonTransformation)
        where TEvent : class
        => options.Upcast<TEvent>(
            EventTypeExtensions.GetEventTypeNameWithSchemaVersion<TEvent>(schemaVersion), jsonTransformation);

    public static Marten.Events.IEventStoreOptions Upcast<TOldEvent, TEvent>(
        this Marten.Events.IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast)
        where TOldEvent : class
        where TEvent : class
        => options.Upcast(
            EventTypeExtensions.GetEventTypeNameWithSchemaVersion<TOldEvent>(schemaVersion), upcast);

    public static Marten.Events.IEventStoreOptions Upcast<TOldEvent, TEvent>(
        this Marten.Events.IEventStoreOptions options, uint schemaVersion,
        Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class
        where TEvent : class
        => options.Upcast(
            EventTypeExtensions.GetEventTypeNameWithSchemaVersion<TOldEvent>(schemaVersion), upcastAsync);
}
