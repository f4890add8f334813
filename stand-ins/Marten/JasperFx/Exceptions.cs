namespace JasperFx;

/// <summary>An optimistic check failed: somebody else has written the stream or document meanwhile.</summary>
public class ConcurrencyException : Exception
{
    public ConcurrencyException(Type docType, object id)
        : base(ToMessage(docType, id))
    {
        DocType = docType.FullName!;
        Id = id;
    }

    public ConcurrencyException(string message, Type? docType, object id)
        : base(message)
    {
        DocType = docType?.FullName!;
        Id = id;
    }

    public ConcurrencyException(string? message)
        : base(message)
    {
        DocType = null!;
        Id = null!;
    }

    public ConcurrencyException(string message, Exception innerException)
        : base(message, innerException)
    {
        DocType = null!;
        Id = null!;
    }

    public string DocType { get; set; }

    public object Id { get; set; }

    public static string ToMessage(Type docType, object id)
        => $"Optimistic concurrency check failed for {docType.FullName} #{id}";
}

/// <summary>An insert met a document with the same identity.</summary>
public class DocumentAlreadyExistsException : Exception
{
    public DocumentAlreadyExistsException(Type documentType, object id)
        : this(null, documentType, id)
    {
    }

    public DocumentAlreadyExistsException(Exception? inner, Type documentType, object id)
        : base(ToMessage(documentType, id), inner)
    {
        DocumentType = documentType;
        Id = id;
    }

    public Type DocumentType { get; }

    public Type DocType => DocumentType;

    public object Id { get; }

    public static string ToMessage(Type documentType, object id)
        => $"Document already exists {documentType.FullName}: {id}";
}
