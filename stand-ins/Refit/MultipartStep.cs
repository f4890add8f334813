using System.Collections;
using System.Reflection;

namespace Refit;

/// <summary>
/// Adds one parameter to a multipart body: a file, text, or anything the serializer takes; lists item by item.
/// </summary>
internal sealed class MultipartStep(ParameterInfo parameter, RefitSettings settings)
{
    private readonly string _name = parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!;

    public void Write(RequestDraft draft, object? value)
    {
        if (value is null)
            return;

        if (value is IEnumerable items and not string and not byte[] and not IDictionary)
        {
            foreach (var item in items.Cast<object?>().Where(item => item is not null))
                Add(draft.Parts!, item!);
            return;
        }

        Add(draft.Parts!, value);
    }

    private void Add(MultipartFormDataContent parts, object value)
    {
        switch (value)
        {
            case HttpContent content:
                parts.Add(content);
                break;
            case MultipartItem item:
                parts.Add(item.ToContent(), item.Name ?? _name, item.FileName.Length > 0 ? item.FileName : _name);
                break;
            case Stream stream:
                parts.Add(new StreamContent(stream), _name, _name);
                break;
            case FileInfo file:
                parts.Add(new StreamContent(file.OpenRead()), _name, file.Name);
                break;
            case byte[] bytes:
                parts.Add(new ByteArrayContent(bytes), _name, _name);
                break;
            case string text:
                parts.Add(new StringContent(text), _name);
                break;
            default:
                parts.Add(settings.ContentSerializer.ToHttpContent(value), _name);
                break;
        }
    }
}
