using JasperFx.Events;
using JasperFx.Events.Aggregation;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using Marten.Internal.Documents;
using Marten.Internal.Sessions;
using Npgsql;

namespace Marten.Internal.Projections;

/// <summary>A projection that the store or the daemon can run.</summary>
internal interface IRunnableProjection
{
    string Name { get; }

    uint Version { get; }

    ProjectionLifecycle Lifecycle { get; }

    AsyncOptions Options { get; }

    /// <summary>The types it handles; empty for all.</summary>
    IReadOnlyList<Type> EventTypes { get; }

    Type? StreamType { get; }

    bool IncludeArchivedEvents { get; }

    ShardName[] ShardNames();

    IEnumerable<Type> PublishedTypes();

    ProjectionRun Start(StoreContext store, ShardExecutionMode mode);
}

/// <summary>Folds a stream's events into an aggregate.</summary>
internal interface IAggregator<T> where T : notnull
{
    ProjectionLifecycle Lifecycle { get; }

    ValueTask<T?> BuildAsync(IQuerySession session, IReadOnlyList<IEvent> events, T? snapshot, object id,
        CancellationToken token);
}

/// <summary>A running projection: queues what a page of events changes in a unit of work.</summary>
internal abstract class ProjectionRun : IDisposable
{
    public abstract Task ApplyAsync(DocumentSession operations, IReadOnlyList<IEvent> events, CancellationToken token);

    /// <summary>Within the transaction that appends the events.</summary>
    public virtual Task ApplyInlineAsync(DocumentSession operations, IReadOnlyList<IEvent> events,
        CancellationToken token)
        => ApplyAsync(operations, events, token);

    /// <summary>After a page was not committed: nothing that was kept in memory counts.</summary>
    public virtual void Forget()
    {
    }

    /// <summary>Whether enough has been gathered (in rebuilds) to be written.</summary>
    public virtual bool WantsFlush => true;

    /// <summary>Writes what was gathered.</summary>
    public virtual ValueTask FlushAsync(DocumentSession operations, CancellationToken token) => default;

    public void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A projection of any shape.</summary>
internal sealed class PageRun(Func<IDocumentOperations, IReadOnlyList<IEvent>, CancellationToken, Task> apply)
    : ProjectionRun
{
    public override Task ApplyAsync(DocumentSession operations, IReadOnlyList<IEvent> events, CancellationToken token)
        => apply(operations, events, token);
}

/// <summary>Errors that may be gone at the next attempt.</summary>
internal static class Transient
{
    public static bool Is(Exception e) => e is OperationCanceledException or TimeoutException or ObjectDisposedException
        || e is NpgsqlException { IsTransient: true }
        || e is NpgsqlException and not PostgresException
        || e.InnerException is { } inner && Is(inner);
}

/// <summary>What an aggregation does, apart from how it is run.</summary>
internal sealed class Aggregation<TDoc, TId> where TDoc : notnull where TId : notnull
{
    public required string Name { get; init; }

    public required AsyncOptions Options { get; init; }

    public required bool IsSingleStream { get; init; }

    /// <summary>The types it handles; empty for all.</summary>
    public required Type[] EventTypes { get; init; }

    /// <summary>Whether some event matters to it.</summary>
    public bool Handles(IReadOnlyList<IEvent> events)
        => EventTypes.Length == 0 || events.Any(e => Array.Exists(EventTypes, t => t.IsAssignableFrom(e.EventType)));

    public required Func<IQuerySession, IReadOnlyList<IEvent>, ValueTask<SliceGroup<TDoc, TId>>> SliceAsync
    {
        get; init;
    }

    public required Func<IQuerySession, TDoc?, TId, IReadOnlyList<IEvent>, IIdentitySetter<TDoc, TId>,
        CancellationToken, ValueTask<(TDoc?, ActionType)>> FoldAsync { get; init; }

    public Func<TDoc, IEvent, TDoc>? ApplyMetadata { get; init; }

    public Func<IDocumentOperations, TId, IEventSlice<TDoc>, ValueTask>? RaiseSideEffects { get; init; }

    public Func<SliceGroup<TDoc, TId>, IQuerySession, CancellationToken, Task>? Enrich { get; init; }
}

/// <summary>The identity and version members of an aggregate's document.</summary>
internal sealed class AggregateMembers<TDoc, TId> : IIdentitySetter<TDoc, TId> where TDoc : notnull where TId : notnull
{
    private readonly DocumentMapping? _mapping;
    private readonly Action<object, object>? _setVersion;
    private readonly bool _versionIsInt;

    public AggregateMembers(DocumentMapping? mapping)
    {
        _mapping = mapping;
        var version = VersionMember();
        if (version is null)
            return;
        _versionIsInt = TypeNames.MemberType(version) == typeof(int);
        _setVersion = MemberAccess.Setter(typeof(TDoc), version);
    }

    public TId Identity(TDoc document) => (TId)_mapping!.GetId(document);

    public void SetIdentity(TDoc document, TId identity) => _mapping?.SetId(document, identity);

    public void SetIdentityIfMissing(TDoc document, TId identity)
    {
        if (_mapping?.IdMember is not null && typeof(TId) == _mapping.IdType
            && !EqualityComparer<TId>.Default.Equals(RawIdentity(document), identity))
        {
            _mapping.SetId(document, identity);
        }
    }

    public void SetVersion(TDoc document, long version)
    {
        if (_setVersion is not null)
            _setVersion(document, _versionIsInt ? Convert.ToInt32(version) : version);
    }

    private TId? RawIdentity(TDoc document)
    {
        try
        {
            return (TId)_mapping!.GetId(document);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private static System.Reflection.MemberInfo? VersionMember()
    {
        const System.Reflection.BindingFlags Any = System.Reflection.BindingFlags.Instance
            | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
        var members = typeof(TDoc).GetProperties(Any).Where(p => p.CanWrite).Cast<System.Reflection.MemberInfo>()
            .Concat(typeof(TDoc).GetFields(Any).Where(f => !f.Name.StartsWith('<')))
            .Where(m => TypeNames.MemberType(m) == typeof(int) || TypeNames.MemberType(m) == typeof(long))
            .ToArray();
        return members.FirstOrDefault(m => m.IsDefined(typeof(Marten.Schema.VersionAttribute), true))
            ?? members.FirstOrDefault(m => m.Name.Equals("version", StringComparison.OrdinalIgnoreCase)
                && !m.IsDefined(typeof(JasperFx.Core.JasperFxIgnoreAttribute), true));
    }
}
