using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Events;
using Marten.Schema;
using Npgsql;

namespace Marten.Storage
{
    public enum ConnectionUsage { Read, ReadWrite }

    /// <summary>The database behind a store.</summary>
    public interface IMartenDatabase : IDocumentCleaner
    {
        string Identifier { get; }

        ShardStateTracker Tracker { get; }

        NpgsqlConnection CreateConnection(ConnectionUsage connectionUsage = ConnectionUsage.ReadWrite);

        ValueTask EnsureStorageExistsAsync(Type featureType, CancellationToken token = default);

        Task<EventStoreStatistics> FetchEventStoreStatistics(CancellationToken token = default);

        Task<IReadOnlyList<ShardState>> AllProjectionProgress(CancellationToken token = default);

        Task<IReadOnlyList<ShardState>> FetchProjectionProgressFor(ShardName[] names,
            CancellationToken token = default);

        Task<long> ProjectionProgressFor(ShardName name, CancellationToken token = default);

        Task<long?> FindEventStoreFloorAtTimeAsync(DateTimeOffset timestamp, CancellationToken token);

        Task<long> FetchHighestEventSequenceNumber(CancellationToken token = default);
    }
}

namespace Marten.Storage.Metadata
{
    /// <summary>What the store keeps beside a document.</summary>
    public class DocumentMetadata(object id)
    {
        public object Id { get; } = id;

        public Guid CurrentVersion { get; internal set; }

        public long CurrentRevision { get; internal set; }

        public DateTimeOffset LastModified { get; internal set; }

        public string DotNetType { get; internal set; } = null!;

        public string TenantId { get; internal set; } = JasperFx.StorageConstants.DefaultTenantId;
    }
}

namespace Marten.Schema
{
    /// <summary>Empties the store.</summary>
    public interface IDocumentCleaner
    {
        Task DeleteAllDocumentsAsync(CancellationToken ct = default);

        Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default);

        Task CompletelyRemoveAsync(Type documentType, CancellationToken ct = default);

        Task CompletelyRemoveAllAsync(CancellationToken ct = default);

        Task DeleteAllEventDataAsync(CancellationToken ct = default);

        Task DeleteSingleEventStreamAsync(Guid streamId, string? tenantId = null, CancellationToken ct = default);

        Task DeleteSingleEventStreamAsync(string streamId, string? tenantId = null, CancellationToken ct = default);
    }

    public interface IInitialData : JasperFx.IInitialData<IDocumentStore>;

    /// <summary>The member that carries a document's or an aggregate's version.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public class VersionAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Class)]
    public class DocumentAliasAttribute(string alias) : Attribute
    {
        public string Alias { get; } = alias;
    }

    public enum UniqueIndexType { DuplicatedField, Computed }
}

namespace Marten.Events
{
    public class EventStoreStatistics
    {
        public long EventCount { get; set; }

        public long StreamCount { get; set; }

        /// <summary>The highest number drawn; events may be missing below it.</summary>
        public long EventSequenceNumber { get; set; }
    }
}
