using System.Data;
using Marten.Services;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>
/// How a session reaches the database: a pooled connection for each request, or one that is kept, with a transaction,
/// once something needs that.
/// </summary>
internal sealed class SessionConnection(StoreContext store, SessionOptions options) : IAsyncDisposable, IDisposable
{
    private NpgsqlConnection? _kept = options.Connection;
    private NpgsqlTransaction? _transaction = options.Transaction;
    private bool _ownsKept = options.Connection is not null && options.OwnsConnection;

    /// <summary>A transaction is open, or the connection is the caller's.</summary>
    public bool IsKept => _kept is not null;

    public NpgsqlTransaction? Transaction => _transaction;

    /// <summary>Whether saving has to commit.</summary>
    public bool Commits => options.OwnsTransactionLifecycle;

    public int Timeout => options.Timeout ?? store.Options.CommandTimeout;

    public async ValueTask<Lease> AcquireAsync(CancellationToken token)
    {
        if (_kept is not null)
        {
            if (_kept.State == ConnectionState.Closed)
                await _kept.OpenAsync(token).ConfigureAwait(false);
            return new Lease(_kept, false);
        }
        return new Lease(await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false), true);
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
            await _kept.DisposeAsync().ConfigureAwait(false);
        _kept = null;
    }

    public void Dispose()
    {
        if (_transaction is not null && Commits)
            _transaction.Dispose();
        if (_ownsKept)
            _kept?.Dispose();
        _kept = null;
    }

    private async ValueTask EndAsync()
    {
        await _transaction!.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
        if (!_ownsKept || options.Connection is not null)
            return;
        await _kept!.DisposeAsync().ConfigureAwait(false);
        _kept = null;
        _ownsKept = false;
    }

    public readonly struct Lease(NpgsqlConnection connection, bool returns) : IAsyncDisposable
    {
        public NpgsqlConnection Connection => connection;

        public ValueTask DisposeAsync() => returns ? connection.DisposeAsync() : default;
    }
}
