using System.Collections;
using System.Reflection;
using System.Text;

namespace Refit;

/// <summary>Which parameter is the body, and how it becomes content.</summary>
internal static class BodyStep
{
    public static ParameterInfo? Parameter(
        HttpMethod http, MethodInfo method, List<ParameterInfo> parameters, PathTemplate path, bool multipart)
    {
        var marked = parameters.Where(p => p.IsDefined(typeof(BodyAttribute))).ToList();
        if (multipart)
            return marked.Count == 0
                ? null
                : throw new ArgumentException("Multipart requests may not contain a Body parameter");
        if (marked.Count > 1)
            throw new ArgumentException("Only one parameter can be a Body parameter");
        if (marked.Count == 1)
            return marked[0];
        if (http != HttpMethod.Post && http != HttpMethod.Put && http != HttpMethod.Patch)
            return null;

        // Without a mark, the one object among the parameters is the body.
        var objects = parameters.Where(p => !p.ParameterType.IsValueType && p.ParameterType != typeof(string)
            && !path.Takes(p) && !p.IsDefined(typeof(QueryAttribute)) && !p.IsDefined(typeof(HeaderAttribute))
            && !p.IsDefined(typeof(HeaderCollectionAttribute)) && !p.IsDefined(typeof(PropertyAttribute))
            && !p.IsDefined(typeof(AuthorizeAttribute))).ToList();
        return objects.Count <= 1
            ? objects.FirstOrDefault()
            : throw new ArgumentException(
                $"Multiple complex types found on {method.Name}. "
                 + "Specify one parameter as the body using BodyAttribute");
    }

    public static Action<RequestDraft, object?> Writer(ParameterInfo parameter, RefitSettings settings)
    {
        var how = parameter.GetCustomAttribute<BodyAttribute>()?.SerializationMethod
            ?? BodySerializationMethod.Serialized;
        return (draft, value) => draft.Request.Content = value switch
        {
            HttpContent content => content,
            Stream stream => new StreamContent(stream),
            string text when how == BodySerializationMethod.Default => new StringContent(text),
            string text when how == BodySerializationMethod.UrlEncoded => new StringContent(
                Uri.EscapeDataString(text), Encoding.UTF8, "application/x-www-form-urlencoded"),
            { } form when how == BodySerializationMethod.UrlEncoded => new FormUrlEncodedContent(Form(form, settings)),
            _ => settings.ContentSerializer.ToHttpContent(value)
        };
    }

    private static IEnumerable<KeyValuePair<string, string?>> Form(object value, RefitSettings settings)
    {
        var fields = value is IDictionary dictionary
            ? dictionary.Cast<DictionaryEntry>().Select(e => (Name: e.Key.ToString()!, e.Value, Format: (string?)null))
            : value.GetType().GetProperties().Where(p => p.CanRead).Select(p => (
                Name: p.GetCustomAttribute<AliasAsAttribute>()?.Name
                    ?? settings.ContentSerializer.GetFieldNameForProperty(p) ?? p.Name,
                Value: p.GetValue(value),
                p.GetCustomAttribute<QueryAttribute>()?.Format));
        foreach (var field in fields.Where(f => f.Value is not null))
        {
            var texts = field.Value is not string && field.Value is IEnumerable items
                ? items.Cast<object?>().Select(i => settings.FormUrlEncodedParameterFormatter.Format(i, field.Format))
                : [settings.FormUrlEncodedParameterFormatter.Format(field.Value, field.Format)];
            if (settings.CollectionFormat == CollectionFormat.Multi)
                foreach (var text in texts)
                    yield return new(field.Name, text);
            else
                yield return new(field.Name, string.Join(',', texts));
        }
    }
}
