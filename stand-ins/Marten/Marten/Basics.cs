using JasperFx;
using Marten.Storage;

namespace Marten;

/// <summary>Whether a session remembers the documents it has loaded.</summary>
public enum DocumentTracking { None, IdentityOnly, DirtyTracking, QueryOnly }

public enum ValueCasting { Strict, Relaxed }

/// <summary>How the store reads and writes JSON.</summary>
public interface ISerializer : Weasel.Storage.IStorageSerializer
{
    Weasel.Core.EnumStorage EnumStorage { get; }

    Weasel.Core.Casing Casing { get; }

    ValueCasting ValueCasting { get; }
}

/// <summary>Schema of the store's database.</summary>
public interface IMartenStorage
{
    IMartenDatabase Database { get; }

    string[] AllSchemaNames();

    /// <summary>The statements that create everything.</summary>
    string ToDatabaseScript();

    Task WriteCreationScriptToFile(string filename);

    Task ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override = null);

    ValueTask<IReadOnlyList<IMartenDatabase>> AllDatabases();
}

public interface ISessionFactory
{
    IQuerySession QuerySession();

    IDocumentSession OpenSession();
}

/// <summary>Base of session factories that only choose options and set metadata.</summary>
public abstract class SessionFactoryBase(IDocumentStore store) : ISessionFactory
{
    public abstract Services.SessionOptions BuildOptions();

    public virtual IQuerySession QuerySession() => store.QuerySession();

    public IDocumentSession OpenSession()
    {
        var session = store.OpenSession(BuildOptions());
        ApplyMetadata(session);
        return session;
    }

    public virtual void ApplyMetadata(IDocumentSession documentSession)
    {
    }
}

/// <summary>Changes the options of the store that AddMarten registers.</summary>
public interface IConfigureMarten
{
    void Configure(IServiceProvider services, StoreOptions options);
}

public interface IReadOnlyStoreOptions
{
    string DatabaseSchemaName { get; }

    Events.IReadOnlyEventStoreOptions Events { get; }

    Weasel.Core.EnumStorage EnumStorage { get; }

    ISerializer Serializer();
}
