using JasperFx.Events;
using Marten.Services;
using Weasel.Storage;

namespace Marten.Internal.Sessions;

/// <summary>What a session has queued, in order.</summary>
internal sealed class UnitOfWork : IUnitOfWork, IChangeSet
{
    private List<Operation> _operations = [];
    private List<StreamAction> _streams = [];

    public IReadOnlyList<Operation> Operations => _operations;

    public List<StreamAction> StreamList => _streams;

    public bool IsEmpty => _operations.Count == 0
        && _streams.TrueForAll(s => s.Events.Count == 0 && !s.AlwaysEnforceConsistency);

    public IEnumerable<object> Updated => Updates();

    public IEnumerable<object> Inserted => Inserts();

    public IEnumerable<IDeletion> Deleted => Deletions();

    public void Add(Operation operation) => _operations.Add(operation);

    public IEnumerable<IDeletion> Deletions() => _operations.OfType<IDeletion>();

    public IEnumerable<IDeletion> DeletionsFor<T>() => DeletionsFor(typeof(T));

    public IEnumerable<IDeletion> DeletionsFor(Type documentType)
        => Deletions().Where(d => d.DocumentType == documentType);

    public IEnumerable<object> Updates() => Writes(w => w.Kind != WriteKind.Insert);

    public IEnumerable<object> Inserts() => Writes(w => w.Kind == WriteKind.Insert);

    public IEnumerable<T> UpdatesFor<T>() => Updates().OfType<T>();

    public IEnumerable<T> InsertsFor<T>() => Inserts().OfType<T>();

    public IEnumerable<T> AllChangedFor<T>() => Writes(_ => true).OfType<T>();

    public IList<StreamAction> Streams() => _streams;

    public IEnumerable<IEvent> GetEvents() => _streams.SelectMany(s => s.Events);

    public IEnumerable<StreamAction> GetStreams() => _streams;

    public IChangeSet Clone() => new UnitOfWork { _operations = [.. _operations], _streams = [.. _streams] };

    public StreamAction? Find(Guid id) => _streams.Find(s => s.Key is null && s.Id == id);

    public StreamAction? Find(string key) => _streams.Find(s => s.Key == key);

    public void Eject(object document)
        => _operations.RemoveAll(o => o is DocumentWrite write && ReferenceEquals(write.Document, document));

    public void EjectAll(Type type) => _operations.RemoveAll(o => o.Mapping?.DocumentType == type);

    public void Clear()
    {
        // New lists, as listeners may have kept the old ones.
        _operations = [];
        _streams = [];
    }

    private IEnumerable<object> Writes(Func<DocumentWrite, bool> filter)
        => _operations.OfType<DocumentWrite>().Where(filter).Select(w => w.Document);
}
