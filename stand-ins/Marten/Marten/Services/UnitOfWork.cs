using JasperFx.Events;

namespace Marten.Services
{
    /// <summary>What a session has committed.</summary>
    public interface IChangeSet
    {
        IEnumerable<object> Updated { get; }

        IEnumerable<object> Inserted { get; }

        IEnumerable<Weasel.Storage.IDeletion> Deleted { get; }

        IEnumerable<IEvent> GetEvents();

        IEnumerable<StreamAction> GetStreams();

        IChangeSet Clone();
    }

    /// <summary>What a session is going to commit.</summary>
    public interface IUnitOfWork
    {
        IEnumerable<Weasel.Storage.IDeletion> Deletions();

        IEnumerable<Weasel.Storage.IDeletion> DeletionsFor<T>();

        IEnumerable<Weasel.Storage.IDeletion> DeletionsFor(Type documentType);

        IEnumerable<object> Updates();

        IEnumerable<object> Inserts();

        IEnumerable<T> UpdatesFor<T>();

        IEnumerable<T> InsertsFor<T>();

        IEnumerable<T> AllChangedFor<T>();

        IList<StreamAction> Streams();
    }
}

namespace Weasel.Storage
{
    /// <summary>A queued deletion.</summary>
    public interface IDeletion
    {
        Type DocumentType { get; }

        object Document { get; set; }

        object Id { get; set; }
    }
}
