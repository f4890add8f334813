using Npgsql;

namespace Marten.Exceptions;

/// <summary>Base of the store's own exceptions.</summary>
public class MartenException : Exception
{
    public MartenException(string message)
        : base(message)
    {
    }

    public MartenException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A database command failed; the cause is the inner exception.</summary>
public class MartenCommandException : MartenException
{
    public MartenCommandException(NpgsqlCommand? command, Exception innerException)
        : this(command, innerException, null)
    {
    }

    public MartenCommandException(NpgsqlCommand? command, Exception innerException, string? prefix)
        : base($"Marten Command Failure: {prefix}{command?.CommandText} {innerException.Message}", innerException)
        => Command = command;

    public NpgsqlCommand? Command { get; }
}

/// <summary>A stream was started that exists already.</summary>
public class ExistingStreamIdCollisionException(object id, Type aggregateType)
    : MartenException($"Stream #{id} already exists in the database")
{
    public object Id { get; } = id;

    public Type AggregateType { get; } = aggregateType;
}

public class InvalidStreamOperationException(string message) : MartenException(message);

public class NonExistentStreamException(object id)
    : MartenException($"Attempt to append to a nonexistent event stream '{id}'")
{
    public object Id { get; } = id;
}

/// <summary>The stream's row is locked by another session.</summary>
public class StreamLockedException(object streamId, Exception innerException)
    : MartenException($"Stream '{streamId}' may be locked for updates", innerException);

/// <summary>An update met no document.</summary>
public class NonExistentDocumentException(Type docType, object id)
    : MartenException($"Nonexistent document {docType.FullName}: {id}")
{
    public Type DocType { get; } = docType;

    public object Id { get; } = id;
}

/// <summary>A type that cannot be stored as a document.</summary>
public class InvalidDocumentException(string message) : MartenException(message);

public class DocumentIdTypeMismatchException(Type documentType, Type idType)
    : MartenException($"{idType.Name} is not the identity type of document type {documentType.FullName}");

/// <summary>A LINQ expression that cannot be translated to SQL.</summary>
public class BadLinqExpressionException : MartenException
{
    public BadLinqExpressionException(string message)
        : base(message)
    {
    }

    public BadLinqExpressionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A stored event's alias belongs to no known type.</summary>
public class UnknownEventTypeException : MartenException
{
    public const long UnknownSequence = -1;

    public UnknownEventTypeException(string eventTypeName)
        : this(eventTypeName, UnknownSequence)
    {
    }

    public UnknownEventTypeException(string eventTypeName, long sequence)
        : base($"Unknown event type name alias '{eventTypeName}.' You may need to register this event type "
            + "through StoreOptions.Events.AddEventType(type)")
    {
        EventTypeName = eventTypeName;
        Sequence = sequence;
    }

    public string EventTypeName { get; }

    public long Sequence { get; }
}

/// <summary>A stored event's JSON does not fit its type.</summary>
public class EventDeserializationFailureException : MartenException
{
    internal EventDeserializationFailureException(long sequence, string eventTypeName, Exception innerException)
        : base($"Event deserialization error on sequence = {sequence} for event type {eventTypeName}", innerException)
    {
        Sequence = sequence;
        EventTypeName = eventTypeName;
    }

    public long Sequence { get; }

    public string? EventTypeName { get; }
}
