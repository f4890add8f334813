using System.Net.Http.Headers;

namespace Refit;

/// <summary>A file in a multipart body.</summary>
/// <param name="fileName">Its file name.</param>
/// <param name="contentType">Its media type, or null.</param>
public abstract class MultipartItem(string fileName, string? contentType)
{
    /// <summary>With the part's name, where it is not the parameter's.</summary>
    protected MultipartItem(string fileName, string? contentType, string? name)
        : this(fileName, contentType) => Name = name;

    /// <summary>The part's name, or null for the parameter's.</summary>
    public string? Name { get; }

    /// <summary>Its media type, or null.</summary>
    public string? ContentType { get; } = contentType;

    /// <summary>Its file name.</summary>
    public string FileName { get; } = fileName ?? throw new ArgumentNullException(nameof(fileName));

    /// <summary>The part's content with its type.</summary>
    public HttpContent ToContent()
    {
        var content = CreateContent();
        if (!string.IsNullOrEmpty(ContentType))
            content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        return content;
    }

    /// <summary>The part's content.</summary>
    protected abstract HttpContent CreateContent();
}

/// <summary>A file that is a stream; it is sent as it is read.</summary>
public class StreamPart(Stream value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    /// <summary>The stream.</summary>
    public Stream Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    protected override HttpContent CreateContent() => new StreamContent(Value);
}

/// <summary>A file in memory.</summary>
public class ByteArrayPart(byte[] value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    /// <summary>The bytes.</summary>
    public byte[] Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    protected override HttpContent CreateContent() => new ByteArrayContent(Value);
}

/// <summary>A file on disk.</summary>
public class FileInfoPart(FileInfo value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    /// <summary>The file.</summary>
    public FileInfo Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    protected override HttpContent CreateContent() => new StreamContent(Value.OpenRead());
}
