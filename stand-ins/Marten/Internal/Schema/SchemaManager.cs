using System.Collections.Concurrent;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten.Internal.Documents;
using Marten.Internal.Sessions;
using Npgsql;

namespace Marten.Internal.Schema;

/// <summary>Creates what is missing in the database: all at once, or a document type when it is first used.</summary>
internal sealed class SchemaManager(StoreContext store)
{
    private readonly ConcurrentDictionary<Type, Lazy<Task>> _ensured = [];
    private volatile bool _events;

    /// <summary>Makes sure that the tables of a document type exist; <see cref="IEvent"/> stands for events.</summary>
    public Task EnsureAsync(Type type)
    {
        if (store.Options.AutoCreateSchemaObjects == AutoCreate.None)
            return Task.CompletedTask;
        var ensured = _ensured.GetOrAdd(type, t => new(() => ApplyAsync(Script(t), CancellationToken.None)));
        return ensured.Value.IsFaulted ? RetryAsync(type, ensured) : ensured.Value;
    }

    public Task EnsureEventsAsync() => _events ? Task.CompletedTask : EnsureEventTablesAsync();

    public async Task ApplyAllAsync(AutoCreate? overridden, CancellationToken token)
    {
        if ((overridden ?? store.Options.AutoCreateSchemaObjects) != AutoCreate.None || overridden is null)
            await ApplyAsync(All(), token).ConfigureAwait(false);
        // Other types may still turn up, which nobody has registered.
        foreach (var type in DocumentTypes().Select(m => m.DocumentType).Append(typeof(IEvent)))
            _ensured[type] = new(Task.CompletedTask);
        _events = true;
    }

    /// <summary>After everything was removed: it has to be created again.</summary>
    public void Forget()
    {
        _events = false;
        _ensured.Clear();
    }

    public string All()
    {
        Prepare();
        var options = store.Options;
        return string.Join(Environment.NewLine, SystemSchema.Script(options), EventSchema.Script(options),
            string.Join(Environment.NewLine, DocumentTypes().Select(Document)));
    }

    /// <summary>Every document type that has, or gets, a table.</summary>
    public IEnumerable<DocumentMapping> DocumentTypes()
    {
        Prepare();
        var live = store.Options.Projections.LiveOnlyAggregates().ToHashSet();
        return store.Options.AllMappings.Where(m => m.IdMember is not null && !live.Contains(m.DocumentType))
            .OrderBy(m => m.Alias, StringComparer.Ordinal);
    }

    /// <summary>Brings in the types that only projections name.</summary>
    private void Prepare()
    {
        store.Mapping(typeof(DeadLetterEvent)).Schema = store.Options.Events.DatabaseSchemaName;
        store.Options.Projections.MapPublishedTypes();
    }

    private async Task EnsureEventTablesAsync()
    {
        await EnsureAsync(typeof(IEvent)).ConfigureAwait(false);
        _events = true;
    }

    private string Script(Type type)
    {
        Prepare();
        return type == typeof(IEvent)
            ? SystemSchema.Script(store.Options) + EventSchema.Script(store.Options)
                + Document(store.Mapping(typeof(DeadLetterEvent)))
            : SystemSchema.Script(store.Options) + Document(store.Mapping(type));
    }

    private string Document(DocumentMapping mapping) => DocumentSchema.Script(mapping);

    private async Task RetryAsync(Type type, Lazy<Task> failed)
    {
        _ensured.TryRemove(new(type, failed));
        await EnsureAsync(type).ConfigureAwait(false);
    }

    private async Task ApplyAsync(string script, CancellationToken token)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
        // Replicas that start together must not create the same things at once.
        await using var command = new NpgsqlCommand(
            $"select pg_advisory_xact_lock({store.Options.ApplyChangesLockId});{script}", connection, transaction)
        {
            CommandTimeout = 120,
        };
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        await transaction.CommitAsync(token).ConfigureAwait(false);
    }
}
