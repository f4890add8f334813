using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;

namespace JasperFx.Events.Subscriptions
{
    /// <summary>Something that runs over events: a projection or a subscription.</summary>
    public interface ISubscriptionSource
    {
        string Name { get; }

        uint Version { get; }

        ProjectionLifecycle Lifecycle { get; }

        Type ImplementationType { get; }

        ShardName[] ShardNames();

        void OverwriteVersion(uint version);
    }

    public interface ISubscriptionSource<TOperations, TQuerySession> : ISubscriptionSource
        where TOperations : TQuerySession, IStorageOperations
    {
        AsyncOptions Options { get; }
    }

    /// <summary>What may be configured of a subscription.</summary>
    public interface ISubscriptionOptions : IEventFilterable
    {
        string Name { get; set; }

        uint Version { get; set; }

        AsyncOptions Options { get; }
    }

    /// <summary>Base of subscriptions: name, version, filter and start position.</summary>
    public abstract class JasperFxSubscriptionBase<TOperations, TQuerySession, TSubscription> : EventFilterable,
        ISubscriptionSource<TOperations, TQuerySession>, ISubscriptionOptions
        where TOperations : TQuerySession, IStorageOperations
        where TSubscription : notnull
    {
        protected JasperFxSubscriptionBase() => Name = Marten.Internal.TypeNames.Short(GetType());

        public ProjectionLifecycle Lifecycle => ProjectionLifecycle.Async;

        public Type ImplementationType => GetType();

        public string Name { get; set; }

        public uint Version { get; set; } = 1;

        public AsyncOptions Options { get; protected set; } = new();

        public ShardName[] ShardNames() => [new(Name, ShardName.All, Version)];

        void ISubscriptionSource.OverwriteVersion(uint version) => Version = version;
    }
}

namespace JasperFx.Events.Projections
{
    public interface IProjectionSource<TOperations, TQuerySession> : ISubscriptionSource<TOperations, TQuerySession>
        where TOperations : TQuerySession, IStorageOperations
    {
        IEnumerable<Type> PublishedTypes();
    }
}
