using System.Data;
using Npgsql;
using Weasel.Storage;

namespace Marten.Services;

/// <summary>How a session connects and tracks.</summary>
public sealed class SessionOptions
{
    public readonly IList<IDocumentSessionListener> Listeners = [];

    public DocumentTracking Tracking { get; set; } = DocumentTracking.None;

    /// <summary>Command time-out in seconds; null for the store's.</summary>
    public int? Timeout { get; set; }

    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.ReadCommitted;

    public string TenantId { get; set; } = JasperFx.StorageConstants.DefaultTenantId;

    public ConcurrencyChecks ConcurrencyChecks { get; set; } = ConcurrencyChecks.Enabled;

    public NpgsqlConnection? Connection { get; internal set; }

    public NpgsqlTransaction? Transaction { get; private set; }

    /// <summary>Whether saving commits.</summary>
    public bool OwnsTransactionLifecycle { get; private set; } = true;

    internal bool OwnsConnection { get; private set; } = true;

    public static SessionOptions ForConnectionString(string connectionString)
        => new() { Connection = new NpgsqlConnection(connectionString) };

    /// <summary>Works in the caller's transaction, which the caller commits.</summary>
    public static SessionOptions ForTransaction(NpgsqlTransaction transaction, bool shouldAutoCommit = false) => new()
    {
        Transaction = transaction,
        Connection = transaction.Connection,
        OwnsConnection = false,
        OwnsTransactionLifecycle = shouldAutoCommit,
        Timeout = transaction.Connection?.CommandTimeout,
    };

    public static SessionOptions ForConnection(NpgsqlConnection connection) => new()
    {
        Connection = connection,
        Timeout = connection.CommandTimeout,
        OwnsConnection = connection.State == ConnectionState.Closed,
    };

    public SessionOptions WithTracking(DocumentTracking tracking)
    {
        Tracking = tracking;
        return this;
    }

    public SessionOptions ListenAt(IDocumentSessionListener listener)
    {
        Listeners.Add(listener);
        return this;
    }
}
