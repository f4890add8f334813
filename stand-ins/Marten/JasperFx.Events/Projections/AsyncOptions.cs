namespace JasperFx.Events.Projections;

public interface IProjectionCleanupActions;

public record DeleteDocuments(Type DocumentType) : IProjectionCleanupActions;

public record DeleteTableData(string TableIdentifier) : IProjectionCleanupActions;

/// <summary>How a projection or subscription runs in the daemon.</summary>
public class AsyncOptions
{
    private readonly List<IProjectionCleanupActions> _cleanups = [];

    /// <summary>What a rebuild empties first.</summary>
    public IReadOnlyList<IProjectionCleanupActions> CleanUps => _cleanups;

    /// <summary>Events to a page and a transaction.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>Events that may be loaded ahead.</summary>
    public int MaximumHopperSize { get; set; } = 5000;

    public List<Type> StorageTypes { get; } = [];

    /// <summary>Within a page, load each document once and hand out the same instance.</summary>
    public bool EnableDocumentTrackingByIdentity { get; set; }

    public bool TeardownDataOnRebuild { get; set; } = true;

    /// <summary>Aggregates kept in memory between pages; 0 for none.</summary>
    public int CacheLimitPerTenant { get; set; }

    internal StartPosition Start { get; private set; } = new(StartKind.CatchUp);

    public void DeleteViewTypeOnTeardown<T>() => DeleteViewTypeOnTeardown(typeof(T));

    public void DeleteViewTypeOnTeardown(Type type)
    {
        _cleanups.Add(new DeleteDocuments(type));
        StorageTypes.Add(type);
    }

    public void DeleteDataInTableOnTeardown(string tableIdentifier)
        => _cleanups.Add(new DeleteTableData(tableIdentifier));

    /// <summary>Start with events appended after the start, always; a stored position is ignored.</summary>
    public AsyncOptions SubscribeFromPresent(string? databaseIdentifier = null)
        => StartingAt(new(StartKind.Present));

    public AsyncOptions SubscribeFromTime(DateTimeOffset eventTimestampFloor, string? databaseIdentifier = null)
        => StartingAt(new(StartKind.Time, Time: eventTimestampFloor));

    /// <summary>Start behind this sequence number, unless already further.</summary>
    public AsyncOptions SubscribeFromSequence(long sequenceFloor, string? databaseIdentifier = null)
        => StartingAt(new(StartKind.Sequence, sequenceFloor));

    /// <summary>Go on from the highest sequence number, unless a position is stored.</summary>
    public AsyncOptions SubscribeAsInlineToAsync() => StartingAt(new(StartKind.InlineToAsync));

    private AsyncOptions StartingAt(StartPosition start)
    {
        Start = start;
        return this;
    }
}

internal enum StartKind { CatchUp, Present, Time, Sequence, InlineToAsync }

internal sealed record StartPosition(StartKind Kind, long Sequence = 0, DateTimeOffset Time = default);
