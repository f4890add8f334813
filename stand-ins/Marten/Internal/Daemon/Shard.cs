using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;
using Marten.Internal.Sessions;
using Marten.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Internal.Daemon;

/// <summary>What runs under one name with one position.</summary>
internal sealed class Shard
{
    private Shard(ShardName name, AsyncOptions options)
    {
        Name = name;
        Options = options;
    }

    public ShardName Name { get; }

    public AsyncOptions Options { get; }

    public IRunnableProjection? Projection { get; private init; }

    public SubscriptionBase? Subscription { get; private init; }

    public IReadOnlyList<Type> EventTypes { get; private init; } = [];

    public Type? StreamType { get; private init; }

    public bool IncludeArchived { get; private init; }

    public static IEnumerable<Shard> All(StoreOptions options)
        => options.Projections.Runnable(ProjectionLifecycle.Async).Select(Of)
            .Concat(options.Projections.Subscriptions.OfType<SubscriptionBase>().Select(Of));

    public static Shard Of(IRunnableProjection projection) => new(projection.ShardNames()[0], projection.Options)
    {
        Projection = projection,
        EventTypes = projection.EventTypes,
        StreamType = projection.StreamType,
        IncludeArchived = projection.IncludeArchivedEvents,
    };

    public static Shard Of(SubscriptionBase subscription) => new(subscription.ShardNames()[0], subscription.Options)
    {
        Subscription = subscription,
        EventTypes = subscription.IncludedEventTypes,
        StreamType = subscription.StreamType,
        IncludeArchived = subscription.IncludeArchivedEvents,
    };

    /// <summary>The conditions on rows, and a condition on events for what SQL cannot decide.</summary>
    public ShardFilter Filter(StoreContext store)
    {
        var sql = IncludeArchived ? "" : " and d.is_archived = false";
        var parameters = new List<(string[] Values, bool IsArray)>();
        Func<IEvent, bool>? also = null;
        if (EventTypes.Count > 0)
        {
            var graph = store.Options.EventGraph;
            if (EventTypes.All(t => !t.IsAbstract && !t.IsInterface))
            {
                foreach (var type in EventTypes)
                    graph.AddEventType(type);
                var aliases = graph.AllMappings.Where(m => EventTypes.Any(t => t.IsAssignableFrom(m.EventType)))
                    .Select(m => m.Alias).Distinct().ToArray();
                parameters.Add((aliases, true));
                sql += " and d.type = any($4)";
            }
            else
            {
                also = e => EventTypes.Any(t => t.IsAssignableFrom(e.EventType));
            }
        }
        if (StreamType is not null)
        {
            parameters.Add(([store.Options.EventGraph.AggregateAlias(StreamType)], false));
            sql += $" and exists (select 1 from {store.Events.Schema}.mt_streams s where s.id = d.stream_id "
                + $"and s.type = ${3 + parameters.Count})";
        }
        return new(sql, [.. parameters], also);
    }
}

internal sealed record ShardFilter(string Sql, (string[] Values, bool IsArray)[] Values, Func<IEvent, bool>? Also)
{
    public IEnumerable<NpgsqlParameter> Parameters() => Values.Select(v => v.IsArray
        ? new NpgsqlParameter { Value = v.Values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar }
        : new NpgsqlParameter { Value = v.Values[0], NpgsqlDbType = NpgsqlDbType.Varchar });
}
