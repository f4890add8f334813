using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Refit;

/// <summary>A path with placeholders: <c>{name}</c>, <c>{**rest}</c> that keeps its slashes,
/// <c>{item.Name}</c>.</summary>
internal sealed partial class PathTemplate
{
    private readonly List<Func<object?[], string>> _pieces = [];
    private readonly HashSet<ParameterInfo> _whole = [];
    private readonly HashSet<PropertyInfo> _properties = [];
    private readonly RefitSettings _settings;

    public PathTemplate(string path, MethodInfo method, RefitSettings settings)
    {
        _settings = settings;
        if (path.Length > 0 && path[0] != '/')
            throw new ArgumentException($"URL path {path} must start with '/' and be of the form '/foo/bar/baz'");
        if (path.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("URL path must not contain CR or LF characters");

        var parameters = method.GetParameters();
        var from = 0;
        foreach (Match match in Placeholder().Matches(path))
        {
            Literal(path[from..match.Index]);
            _pieces.Add(Piece(match.Groups["name"].Value, match.Groups["rest"].Success, path, parameters));
            from = match.Index + match.Length;
        }

        Literal(path[from..]);
    }

    public bool Takes(ParameterInfo parameter) => _whole.Contains(parameter);

    public bool Takes(PropertyInfo property) => _properties.Contains(property);

    public bool TakesPropertyOf(ParameterInfo parameter) =>
        _properties.Any(property => property.DeclaringType!.IsAssignableFrom(parameter.ParameterType));

    public string Fill(object?[] arguments)
    {
        var text = new StringBuilder();
        foreach (var piece in _pieces)
            text.Append(piece(arguments));
        return text.ToString();
    }

    private void Literal(string text) => _pieces.Add(_ => text);

    private Func<object?[], string> Piece(string name, bool rest, string path, ParameterInfo[] parameters)
    {
        if (parameters.FirstOrDefault(p => Named(Alias(p) ?? p.Name, name)) is { } parameter)
        {
            if (rest && parameter.ParameterType != typeof(string))
                throw new ArgumentException($"URL {path} has round-tripping parameter {name}, but the type of matched "
                    + $"method parameter is {parameter.ParameterType.FullName}. It must be a string.");

            _whole.Add(parameter);
            return rest
                ? arguments => string.Join('/', (arguments[parameter.Position] as string ?? "").Split('/')
                    .Select(part => Text(part, parameter, parameter.ParameterType)))
                : arguments => Text(arguments[parameter.Position], parameter, parameter.ParameterType);
        }

        var owned = parameters.Where(p => p.ParameterType.IsClass && p.ParameterType != typeof(string))
            .SelectMany(p => p.ParameterType.GetProperties().Where(property => property.CanRead)
                .Select(property => (Parameter: p, Property: property)))
            .FirstOrDefault(o => Named($"{o.Parameter.Name}.{Alias(o.Property) ?? o.Property.Name}", name));
        if (owned.Property is null)
            throw new ArgumentException($"URL {path} has parameter {name}, but no method parameter matches");

        _properties.Add(owned.Property);
        return arguments => Text(arguments[owned.Parameter.Position] is { } item ? owned.Property.GetValue(item) : null,
            owned.Property, owned.Property.PropertyType);
    }

    private string Text(object? value, ICustomAttributeProvider attributes, Type type) =>
        Uri.EscapeDataString(_settings.UrlParameterFormatter.Format(value, attributes, type) ?? "");

    private static string? Alias(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(AliasAsAttribute), true).OfType<AliasAsAttribute>().FirstOrDefault()?.Name;

    private static bool Named(string? one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\{(?<rest>\*\*)?(?<name>[^}?]+)\}")]
    private static partial Regex Placeholder();
}
