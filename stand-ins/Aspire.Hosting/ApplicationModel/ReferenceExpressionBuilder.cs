using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a <see cref="ReferenceExpression" /> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new(64, 4);

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Adds an interpolated string.</summary>
    /// <param name="handler">The interpolated string; it is added while it is evaluated.</param>
    public void Append(
        [InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
    }

    /// <summary>Adds literal text.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.Literal(value);

    /// <summary>Adds literal text.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => _parts.Literal(value ?? "");

    /// <summary>Adds a gap.</summary>
    /// <typeparam name="T">Type of what fills it.</typeparam>
    /// <param name="valueProvider">What fills it.</param>
    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
        _parts.Provider(valueProvider, null);

    /// <summary>The expression so far.</summary>
    /// <returns>The expression.</returns>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Lets the compiler append <c>$"…{provider}…"</c>.</summary>
    /// <param name="literalLength">Length of the literal parts.</param>
    /// <param name="formattedCount">Number of gaps.</param>
    /// <param name="builder">Where to append.</param>
#pragma warning disable CS9113 // The compiler requires the first two parameters.
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler(
        int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
    {
        /// <summary>Adds literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => builder._parts.Literal(value);

        /// <summary>Adds literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => builder._parts.Literal(value ?? "");

        /// <summary>Adds a gap.</summary>
        /// <typeparam name="T">Type of what fills it.</typeparam>
        /// <param name="valueProvider">What fills it.</param>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
            builder._parts.Provider(valueProvider, null);

        /// <summary>Adds literal text, formatted.</summary>
        /// <param name="value">The text.</param>
        /// <param name="format"><c>uri</c> or nothing.</param>
        public void AppendFormatted(string? value, string format) =>
            builder._parts.Literal(format == "uri" ? Uri.EscapeDataString(value ?? "") : value ?? "");

        /// <summary>Adds a gap, formatted.</summary>
        /// <typeparam name="T">Type of what fills it.</typeparam>
        /// <param name="valueProvider">What fills it.</param>
        /// <param name="format">Null or <c>uri</c>.</param>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => builder._parts.Provider(valueProvider, format);
    }
#pragma warning restore CS9113
}
