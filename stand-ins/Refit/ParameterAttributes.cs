namespace Refit;

/// <summary>How a body becomes content.</summary>
public enum BodySerializationMethod
{
    /// <summary>Strings as they are, everything else by the content serializer.</summary>
    Default,

    /// <summary>By the content serializer.</summary>
    [Obsolete("Use BodySerializationMethod.Serialized instead", false)]
    Json,

    /// <summary>As <c>application/x-www-form-urlencoded</c>.</summary>
    UrlEncoded,

    /// <summary>By the content serializer, strings too.</summary>
    Serialized
}

/// <summary>How a collection stands in the query.</summary>
public enum CollectionFormat
{
    /// <summary>Values joined with commas.</summary>
    RefitParameterFormatter,

    /// <summary>Joined with commas.</summary>
    Csv,

    /// <summary>Joined with spaces.</summary>
    Ssv,

    /// <summary>Joined with tabs.</summary>
    Tsv,

    /// <summary>Joined with pipes.</summary>
    Pipes,

    /// <summary>One <c>name=value</c> for each.</summary>
    Multi
}

/// <summary>The parameter is the request's body.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class BodyAttribute : Attribute
{
    /// <summary>Default serialisation, buffered as the settings say.</summary>
    public BodyAttribute() { }

    /// <summary>Default serialisation.</summary>
    public BodyAttribute(bool buffered) => Buffered = buffered;

    /// <summary>Both given.</summary>
    public BodyAttribute(BodySerializationMethod serializationMethod, bool buffered)
    {
        SerializationMethod = serializationMethod;
        Buffered = buffered;
    }

    /// <summary>Buffered as the settings say.</summary>
    public BodyAttribute(BodySerializationMethod serializationMethod = BodySerializationMethod.Default) =>
        SerializationMethod = serializationMethod;

    /// <summary>True: the body is serialised into memory before it is sent, so that its length is known.</summary>
    public bool? Buffered { get; }

    /// <summary>How the body becomes content.</summary>
    public BodySerializationMethod SerializationMethod { get; }
}

/// <summary>The name in the path, query, form or multipart body, where it is not the parameter's own.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public class AliasAsAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; protected set; } = name;
}

/// <summary>The parameter is a dictionary of headers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class HeaderCollectionAttribute : Attribute;

/// <summary>The parameter is the value of a header; null sends none.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class HeaderAttribute(string header) : Attribute
{
    /// <summary>The header's name.</summary>
    public string Header { get; } = header;
}

/// <summary>The parameter goes into the request message's options.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PropertyAttribute : Attribute
{
    /// <summary>The parameter's name is the key.</summary>
    public PropertyAttribute() { }

    /// <summary>The key is given.</summary>
    public PropertyAttribute(string key) => Key = key;

    /// <summary>The key, or null.</summary>
    public string? Key { get; }
}

/// <summary>The parameter is the credential of the Authorization header.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class AuthorizeAttribute(string scheme = "Bearer") : Attribute
{
    /// <summary>The scheme before it.</summary>
    public string Scheme { get; } = scheme;
}

/// <summary>Puts the parameter into the query, and says how.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public class QueryAttribute : Attribute
{
    private CollectionFormat? _collectionFormat;

    /// <summary>With the defaults.</summary>
    public QueryAttribute() { }

    /// <summary>With a delimiter between the names of nested properties.</summary>
    public QueryAttribute(string delimiter) => Delimiter = delimiter;

    /// <summary>With delimiter and prefix.</summary>
    public QueryAttribute(string delimiter, string prefix) : this(delimiter) => Prefix = prefix;

    /// <summary>With delimiter, prefix and format.</summary>
    public QueryAttribute(string delimiter, string prefix, string format) : this(delimiter, prefix) => Format = format;

    /// <summary>With a form for collections.</summary>
    public QueryAttribute(CollectionFormat collectionFormat) => CollectionFormat = collectionFormat;

    /// <summary>Between the names of nested properties.</summary>
    public string Delimiter { get; protected set; } = ".";

    /// <summary>Before every name.</summary>
    public string? Prefix { get; protected set; }

    /// <summary>Format string of values.</summary>
    public string? Format { get; set; }

    /// <summary>The form of collections.</summary>
    public CollectionFormat CollectionFormat
    {
        get => _collectionFormat.GetValueOrDefault();
        set => _collectionFormat = value;
    }

    /// <summary>Whether <see cref="CollectionFormat"/> was given.</summary>
    public bool IsCollectionFormatSpecified => _collectionFormat.HasValue;
}
