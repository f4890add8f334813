namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value given from outside: configuration key <c>Parameters:name</c>.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> _value;

    /// <summary>Describes a parameter.</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="callback">Gives the value; asked once.</param>
    /// <param name="secret">Whether the value is to be hidden.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    /// <summary>Makes a value where none is given.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether the value is to be hidden.</summary>
    public bool Secret { get; }

    /// <summary>What the parameter is for.</summary>
    public string? Description { get; set; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    /// <inheritdoc />
    /// <exception cref="MissingParameterValueException">No value is given and there is no default.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);
}

/// <summary>Makes the value of a parameter that was not given.</summary>
public abstract class ParameterDefault
{
    /// <summary>Makes the value.</summary>
    /// <returns>The value.</returns>
    public abstract string GetDefaultValue();
}

/// <summary>Makes a random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    /// <summary>Length at least; 22 characters hold 128 bits.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether lower-case letters may occur.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters may occur.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may occur.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether punctuation may occur.</summary>
    public bool Special { get; set; } = true;

    /// <summary>Lower-case letters at least.</summary>
    public int MinLower { get; set; }

    /// <summary>Upper-case letters at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>Digits at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>Punctuation at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue() => RandomText.Generate(
        MinLength, (Lower, MinLower, RandomText.LowerCase), (Upper, MinUpper, RandomText.UpperCase),
        (Numeric, MinNumeric, RandomText.Digits), (Special, MinSpecial, RandomText.Punctuation));
}
