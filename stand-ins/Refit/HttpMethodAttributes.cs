namespace Refit;

/// <summary>Says which HTTP method and path an interface method stands for.</summary>
/// <param name="path">Path from the base address, beginning with <c>/</c>; may hold <c>{name}</c> and a query.</param>
public abstract class HttpMethodAttribute(string path) : Attribute
{
    /// <summary>The HTTP method.</summary>
    public abstract HttpMethod Method { get; }

    /// <summary>Path with placeholders.</summary>
    public virtual string Path { get; protected set; } = path;
}

/// <summary>Sends GET.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class GetAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Get;
}

/// <summary>Sends POST.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class PostAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Post;
}

/// <summary>Sends PUT.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class PutAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Put;
}

/// <summary>Sends DELETE.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class DeleteAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Delete;
}

/// <summary>Sends PATCH.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class PatchAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Patch;
}

/// <summary>Sends OPTIONS.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class OptionsAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Options;
}

/// <summary>Sends HEAD.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class HeadAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpMethod.Head;
}

/// <summary>Sends the parameters as <c>multipart/form-data</c>.</summary>
/// <param name="boundaryText">The boundary between parts.</param>
[AttributeUsage(AttributeTargets.Method)]
public class MultipartAttribute(string boundaryText = "----MyGreatBoundary") : Attribute
{
    /// <summary>The boundary between parts.</summary>
    public string BoundaryText { get; private set; } = boundaryText;
}

/// <summary>Headers sent with every call: <c>Name: value</c>; a name without a value takes an outer one away.</summary>
/// <param name="headers">The headers.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
public class HeadersAttribute(params string[] headers) : Attribute
{
    /// <summary>The headers.</summary>
    public string[] Headers { get; } = headers ?? [];
}
