namespace JasperFx.Events.Aggregation;

/// <summary>A projection that folds events into documents.</summary>
public interface IAggregateProjection
{
    Type IdentityType { get; }

    Type AggregateType { get; }

    Type[] AllEventTypes { get; }

    uint Version { get; }
}

/// <summary>Reads and writes the identity of an aggregate.</summary>
public interface IIdentitySetter<in T, TId>
{
    void SetIdentity(T document, TId identity);

    TId Identity(T document);
}
