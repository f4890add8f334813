using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;

namespace Refit;

/// <summary>Makes query names from property names.</summary>
public interface IUrlParameterKeyFormatter
{
    /// <summary>The name in the query.</summary>
    string Format(string key);
}

/// <summary>Makes text of path and query values.</summary>
public interface IUrlParameterFormatter
{
    /// <summary>The text, unescaped; null for none.</summary>
    string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type);
}

/// <summary>Makes text of form values.</summary>
public interface IFormUrlEncodedParameterFormatter
{
    /// <summary>The text, unescaped; null for none.</summary>
    string? Format(object? value, string? formatString);
}

/// <summary>Leaves names as they are.</summary>
public class DefaultUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    /// <inheritdoc />
    public virtual string Format(string key) => key;
}

/// <summary>Begins names with a small letter, as JSON does.</summary>
public class CamelCaseUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    /// <inheritdoc />
    public string Format(string key) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(key);
}

/// <summary>Invariant text; enum members by their EnumMember value.</summary>
public class DefaultUrlParameterFormatter : IUrlParameterFormatter
{
    private readonly Dictionary<(Type Container, Type Parameter), string> _specific = [];
    private readonly Dictionary<Type, string> _general = [];

    /// <summary>A format for values of one type in one container type.</summary>
    public void AddFormat<TContainer, TParameter>(string format) =>
        _specific.Add((typeof(TContainer), typeof(TParameter)), format);

    /// <summary>A format for values of one type.</summary>
    public void AddFormat<TParameter>(string format) => _general.Add(typeof(TParameter), format);

    /// <inheritdoc />
    public virtual string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type)
    {
        ArgumentNullException.ThrowIfNull(attributeProvider);
        if (value is null)
            return null;

        var format = attributeProvider.GetCustomAttributes(typeof(QueryAttribute), true)
            .OfType<QueryAttribute>().FirstOrDefault()?.Format;
        if (string.IsNullOrWhiteSpace(format)
            && !_specific.TryGetValue((type, value.GetType()), out format))
            _general.TryGetValue(value.GetType(), out format);
        return InvariantText.Of(value, format);
    }
}

/// <summary>Invariant text; enum members by their EnumMember value.</summary>
public class DefaultFormUrlEncodedParameterFormatter : IFormUrlEncodedParameterFormatter
{
    /// <inheritdoc />
    public virtual string? Format(object? value, string? formatString) =>
        value is null ? null : InvariantText.Of(value, formatString);
}

internal static class InvariantText
{
    private static readonly ConcurrentDictionary<(Type, string), string?> EnumNames = new();

    public static string Of(object value, string? format)
    {
        var shown = value is Enum ? EnumName(value) ?? value : value;
        return string.IsNullOrWhiteSpace(format)
            ? Convert.ToString(shown, CultureInfo.InvariantCulture) ?? ""
            : string.Format(CultureInfo.InvariantCulture, $"{{0:{format}}}", shown);
    }

    private static string? EnumName(object value) =>
        EnumNames.GetOrAdd((value.GetType(), value.ToString()!), static key => key.Item1
            .GetField(key.Item2)?.GetCustomAttribute<EnumMemberAttribute>()?.Value);
}
