using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with gaps that are filled in when the application starts.</summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>No text.</summary>
    public static readonly ReferenceExpression Empty = new("", [], []);

    private ReferenceExpression(
        string format, IReadOnlyList<IValueProvider> valueProviders, IReadOnlyList<string?> stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        StringFormats = stringFormats;
    }

    /// <summary>Composite format string with one place per provider.</summary>
    public string Format { get; }

    /// <summary>What fills the gaps.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>Per provider: null or <c>uri</c> (percent-encoded).</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>Per provider: its placeholder in a manifest.</summary>
    public IReadOnlyList<string> ManifestExpressions =>
        [.. ValueProviders.Select(p => (p as IManifestExpressionProvider)?.ValueExpression ?? "")];

    /// <inheritdoc />
    public string ValueExpression =>
        string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Format.Length == 0)
            return null;
        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            values[i] = StringFormats[i] == "uri" ? Uri.EscapeDataString(value ?? "") : value;
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static ReferenceExpression From(
        string format, IReadOnlyList<IValueProvider> providers, IReadOnlyList<string?> formats) =>
        new(format, providers, formats);

    /// <summary>Lets the compiler turn <c>$"…{provider}…"</c> into an expression.</summary>
    /// <param name="literalLength">Length of the literal parts.</param>
    /// <param name="formattedCount">Number of gaps.</param>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ExpressionParts _parts = new(literalLength, formattedCount);

        /// <summary>Adds literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _parts.Literal(value);

        /// <summary>Adds literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => _parts.Literal(value ?? "");

        /// <summary>Adds literal text, formatted.</summary>
        /// <param name="value">The text.</param>
        /// <param name="format">Null or <c>uri</c>.</param>
        public readonly void AppendFormatted(string? value, string? format = null) =>
            _parts.Literal(format == "uri" ? Uri.EscapeDataString(value ?? "") : value ?? "");

        /// <summary>Adds a gap.</summary>
        /// <typeparam name="T">Type of what fills it.</typeparam>
        /// <param name="valueProvider">What fills it.</param>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
            _parts.Provider(valueProvider, null);

        /// <summary>Adds a gap, formatted.</summary>
        /// <typeparam name="T">Type of what fills it.</typeparam>
        /// <param name="valueProvider">What fills it.</param>
        /// <param name="format">Null or <c>uri</c>.</param>
        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => _parts.Provider(valueProvider, format);

        /// <summary>Adds a resource's value.</summary>
        /// <typeparam name="T">Type of the resource.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Provider(valueProvider.Resource, null);

        internal readonly ReferenceExpression Build() => _parts.Build();
    }
}

internal sealed class ExpressionParts(int literalLength, int formattedCount)
{
    private readonly StringBuilder _format = new(literalLength + (formattedCount * 3));
    private readonly List<IValueProvider> _providers = new(formattedCount);
    private readonly List<string?> _formats = new(formattedCount);

    public bool IsEmpty => _format.Length == 0;

    public void Literal(string value) => _format.Append(value.Replace("{", "{{").Replace("}", "}}"));

    public void Provider(IValueProvider provider, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
        _providers.Add(provider);
        _formats.Add(format);
    }

    public ReferenceExpression Build() => ReferenceExpression.From(_format.ToString(), [.. _providers], [.. _formats]);
}
