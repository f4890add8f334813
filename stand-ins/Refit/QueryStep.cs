using System.Collections;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>Puts one parameter into the query: a value, a collection, a dictionary, or an object's
/// properties.</summary>
internal sealed class QueryStep(ParameterInfo parameter, PathTemplate path, RefitSettings settings)
{
    private static readonly QueryAttribute Plain = new();

    private readonly QueryAttribute? _attribute = parameter.GetCustomAttribute<QueryAttribute>();
    private readonly string _name = parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!;

    public void Write(RequestDraft draft, object? value)
    {
        if (value is null)
            return;

        var query = _attribute ?? Plain;
        if (IsSimple(value))
        {
            var name = string.IsNullOrWhiteSpace(query.Prefix) ? _name : query.Prefix + query.Delimiter + _name;
            Add(draft, name, value, parameter, parameter.ParameterType, _attribute);
            return;
        }

        foreach (var (name, item, source, type, own) in Flatten(value, query))
        {
            var prefixed = string.IsNullOrWhiteSpace(query.Prefix) ? name : query.Prefix + query.Delimiter + name;
            Add(draft, prefixed, item, source, type, own ?? _attribute);
        }
    }

    /// <summary>Whether a value stands in the query as it is: text, numbers, instants, and collections of
    /// them.</summary>
    public static bool IsSimple(object value) => value switch
    {
        string or bool or char or IFormattable or Uri => true,
        IDictionary => false,
        IEnumerable items =>
            items.Cast<object?>().All(item => item is null or string or bool or char or IFormattable or Uri),
        _ => false
    };

    private IEnumerable<(string, object, ICustomAttributeProvider, Type, QueryAttribute?)> Flatten(
        object value, QueryAttribute query)
    {
        if (value is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                var keyType = entry.Key.GetType();
                var key = settings.UrlParameterFormatter.Format(entry.Key, keyType, keyType);
                if (entry.Value is null || string.IsNullOrWhiteSpace(key))
                    continue;
                if (IsSimple(entry.Value))
                    yield return (key, entry.Value, parameter, parameter.ParameterType, null);
                else
                    foreach (var (name, item, source, type, own) in Flatten(entry.Value, query))
                        yield return (key + query.Delimiter + name, item, source, type, own);
            }

            yield break;
        }

        foreach (var property in value.GetType().GetProperties())
        {
            if (!property.CanRead || property.GetIndexParameters().Length > 0 || path.Takes(property) || Ignored(
                property)
                || property.GetValue(value) is not { } item)
                continue;

            var own = property.GetCustomAttribute<QueryAttribute>();
            var key = property.GetCustomAttribute<AliasAsAttribute>()?.Name
                ?? settings.UrlParameterKeyFormatter.Format(property.Name);
            if (!string.IsNullOrWhiteSpace(own?.Prefix))
                key = own.Prefix + own.Delimiter + key;
            if (IsSimple(item))
                yield return (key, item, property, property.PropertyType, own);
            else
                foreach (var (name, inner, source, type, innerOwn) in Flatten(item, query))
                    yield return (key + query.Delimiter + name, inner, source, type, innerOwn);
        }
    }

    private void Add(
        RequestDraft draft, string name, object value, ICustomAttributeProvider source, Type type,
            QueryAttribute? query)
    {
        if (value is string || value is not IEnumerable items)
        {
            draft.Query.Add(new(name, settings.UrlParameterFormatter.Format(value, source, type)));
            return;
        }

        var texts = items.Cast<object?>().Select(item => settings.UrlParameterFormatter.Format(item, source, type));
        var format = query is { IsCollectionFormatSpecified: true } ? query.CollectionFormat
            : settings.CollectionFormat;
        if (format == CollectionFormat.Multi)
        {
            draft.Query.AddRange(texts.Select(text => new KeyValuePair<string, string?>(name, text)));
            return;
        }

        var delimiter = format switch
        {
            CollectionFormat.Ssv => ' ', CollectionFormat.Tsv => '\t', CollectionFormat.Pipes => '|', _ => ','
        };
        draft.Query.Add(new(name, string.Join(delimiter, texts)));
    }

    private static bool Ignored(PropertyInfo property) =>
        property.IsDefined(typeof(IgnoreDataMemberAttribute), true)
        || property.GetCustomAttribute<JsonIgnoreAttribute>(true) is { Condition: JsonIgnoreCondition.Always };
}

/// <summary>Query strings.</summary>
internal static class QueryText
{
    public static IEnumerable<KeyValuePair<string, string?>> Parse(string query) =>
        query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            return at < 0
                ? new KeyValuePair<string, string?>(Plain(pair), "")
                : new KeyValuePair<string, string?>(Plain(pair[..at]), Plain(pair[(at + 1)..]));
        });

    public static string Join(IEnumerable<KeyValuePair<string, string?>> pairs) =>
        string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value ?? "")}"));

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
