using JasperFx.Events;
using Marten.Services;

namespace Marten;

/// <summary>Told before and after the commit of an asynchronous page.</summary>
public interface IChangeListener
{
    Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);

    Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
}

public class NullChangeListener : IChangeListener
{
    private NullChangeListener()
    {
    }

    public static IChangeListener Instance { get; } = new NullChangeListener();

    public Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        => Task.CompletedTask;

    public Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        => Task.CompletedTask;
}

/// <summary>Told what a session does.</summary>
public interface IDocumentSessionListener
{
    Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);

    Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token);

    void DocumentLoaded(object id, object document);

    void DocumentAddedForStorage(object id, object document);
}

public abstract class DocumentSessionListenerBase : IDocumentSessionListener
{
    public virtual Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
        => Task.CompletedTask;

    public virtual Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        => Task.CompletedTask;

    public virtual void DocumentLoaded(object id, object document)
    {
    }

    public virtual void DocumentAddedForStorage(object id, object document)
    {
    }
}
