using System.Data;
using System.Text.RegularExpressions;
using Marten.Services;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>
/// How a session reaches the database: a pooled connection for each request, or one that is kept, with a transaction,
/// once something needs that.
/// </summary>
internal sealed partial class SessionConnection(StoreContext store, SessionOptions options)
    : IAsyncDisposable, IDisposable
{
    private const string Clean = "CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); RESET ALL; DISCARD TEMP";

    private NpgsqlConnection? _kept = options.Connection;
    private NpgsqlTransaction? _transaction = options.Transaction;
    private bool _ownsKept = options.Connection is not null && options.OwnsConnection;

    /// <summary>A transaction is open, or the connection is the caller's.</summary>
    public bool IsKept => _kept is not null;

    public NpgsqlTransaction? Transaction => _transaction;

    /// <summary>Whether saving has to commit.</summary>
    public bool Commits => options.OwnsTransactionLifecycle;

    /// <summary>The application's own statements may have left something behind in the connection.</summary>
    public bool IsTouched { get; set; }

    public int Timeout => options.Timeout ?? store.Options.CommandTimeout;

    public async ValueTask<Lease> AcquireAsync(CancellationToken token)
    {
        if (_kept is not null)
        {
            if (_kept.State == ConnectionState.Closed)
                await _kept.OpenAsync(token).ConfigureAwait(false);
            return new Lease(_kept, null);
        }
        return new Lease(await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false), this);
    }

    public async ValueTask BeginAsync(CancellationToken token)
    {
        if (_transaction is not null)
            return;
        if (_kept is null)
        {
            _kept = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
            _ownsKept = true;
        }
        else if (_kept.State == ConnectionState.Closed)
        {
            await _kept.OpenAsync(token).ConfigureAwait(false);
        }
        _transaction = await _kept.BeginTransactionAsync(options.IsolationLevel, token).ConfigureAwait(false);
    }

    public NpgsqlConnection Begin()
    {
        if (_kept is null)
        {
            _kept = store.DataSource.OpenConnection();
            _ownsKept = true;
        }
        else if (_kept.State == ConnectionState.Closed)
        {
            _kept.Open();
        }
        _transaction ??= _kept.BeginTransaction(options.IsolationLevel);
        return _kept;
    }

    public async ValueTask CommitAsync(CancellationToken token)
    {
        if (_transaction is null || !Commits)
            return;
        await _transaction.CommitAsync(token).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    public async ValueTask RollbackAsync()
    {
        if (_transaction is null || !Commits)
            return;
        try
        {
            await _transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or ObjectDisposedException)
        {
            // The connection is gone, and the transaction with it.
        }
        await EndAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null && Commits)
            await RollbackAsync().ConfigureAwait(false);
        if (_ownsKept && _kept is not null)
            await ReturnAsync(_kept).ConfigureAwait(false);
        _kept = null;
    }

    public void Dispose()
    {
        if (_transaction is not null && Commits)
            _transaction.Dispose();
        if (_ownsKept && _kept is not null)
        {
            if (IsTouched && _kept.State == ConnectionState.Open)
            {
                using var command = new NpgsqlCommand(Clean, _kept);
                command.ExecuteNonQuery();
            }
            _kept.Dispose();
        }
        _kept = null;
    }

    /// <summary>Notes a statement of the application that may outlast its transaction.</summary>
    public void Touch(string sql)
    {
        if (Lasting().IsMatch(sql))
            IsTouched = true;
    }

    /// <summary>Gives a connection back to the pool as it was taken.</summary>
    private async ValueTask ReturnAsync(NpgsqlConnection connection)
    {
        try
        {
            if (IsTouched && connection.State == ConnectionState.Open)
            {
                await using var command = new NpgsqlCommand(Clean, connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException)
        {
            // Broken: the pool drops it.
        }
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    [GeneratedRegex(@"^\s*(set|listen|declare|create\s+temp)\b|;\s*(set|listen)\b|set_config|pg_(try_)?advisory_lock",
        RegexOptions.IgnoreCase)]
    private static partial Regex Lasting();

    private async ValueTask EndAsync()
    {
        await _transaction!.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
        if (!_ownsKept || options.Connection is not null)
            return;
        await ReturnAsync(_kept!).ConfigureAwait(false);
        _kept = null;
        _ownsKept = false;
    }

    public readonly struct Lease(NpgsqlConnection connection, SessionConnection? owner) : IAsyncDisposable
    {
        public NpgsqlConnection Connection => connection;

        public ValueTask DisposeAsync() => owner is null ? default
            : owner.IsTouched ? owner.ReturnAsync(connection)
            : connection.DisposeAsync();
    }
}
