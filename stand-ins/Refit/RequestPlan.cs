using System.Reflection;

namespace Refit;

/// <summary>How a call's arguments become a request; worked out once per method.</summary>
internal sealed class RequestPlan
{
    private static readonly Uri AnyHost = new("http://api");

    private readonly HttpMethod _method;
    private readonly RefitSettings _settings;
    private readonly PathTemplate _path;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly IReadOnlyList<(int Position, Action<RequestDraft, object?> Write)> _steps;
    private readonly string? _boundary;
    private readonly Type _api;

    public RequestPlan(Type api, MethodInfo method, RefitSettings settings)
    {
        var http = method.GetCustomAttribute<HttpMethodAttribute>(true)!;
        (_api, _method, _settings) = (api, http.Method, settings);
        _path = new PathTemplate(http.Path, method, settings);
        _boundary = method.GetCustomAttribute<MultipartAttribute>(true)?.BoundaryText;
        _headers = HeaderText.Declared(api, method);

        var parameters = method.GetParameters().Where(p => !IsCancellation(p.ParameterType)).ToList();
        var body = BodyStep.Parameter(http.Method, method, parameters, _path, _boundary is not null);
        Buffers = settings.Buffered || body?.GetCustomAttribute<BodyAttribute>()?.Buffered == true;
        _steps = [.. parameters.Select(p => (p.Position, Step(p, p == body)))];
    }

    public bool Buffers { get; }

    public static bool IsCancellation(Type type) =>
        type == typeof(CancellationToken) || type == typeof(CancellationToken?);

    public HttpRequestMessage Build(HttpClient client, object?[] arguments)
    {
        var basePath = client.BaseAddress?.AbsolutePath.TrimEnd('/') ?? "";
        var request = new HttpRequestMessage
        {
            Method = _method, Version = _settings.Version, VersionPolicy = _settings.VersionPolicy
        };
        var draft = new RequestDraft(request, _headers);
        if (_boundary is not null)
            request.Content = draft.Parts = new MultipartFormDataContent(_boundary);

        foreach (var (position, write) in _steps)
            write(draft, arguments[position]);

        draft.ApplyHeaders();
        foreach (var (key, value) in _settings.HttpRequestMessageOptions ?? [])
            request.Options.Set(new HttpRequestOptionsKey<object>(key), value);
        request.Options.Set(new HttpRequestOptionsKey<Type>("Refit.InterfaceType"), _api);

        var uri = new UriBuilder(new Uri(AnyHost, basePath + _path.Fill(arguments)));
        uri.Query = QueryText.Join(QueryText.Parse(uri.Query).Concat(draft.Query));
        request.RequestUri = new Uri(
            uri.Uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped), UriKind.Relative);
        return request;
    }

    private Action<RequestDraft, object?> Step(ParameterInfo parameter, bool isBody)
    {
        if (isBody)
            return BodyStep.Writer(parameter, _settings);
        if (parameter.GetCustomAttribute<HeaderAttribute>() is { } header)
            return (draft, value) => draft.Headers[header.Header.Trim()] = value?.ToString();
        if (parameter.GetCustomAttribute<AuthorizeAttribute>() is { } authorize)
            return (draft, value) => draft.Headers["Authorization"] = $"{authorize.Scheme} {value}";
        if (parameter.IsDefined(typeof(HeaderCollectionAttribute)))
            return (draft, value) => draft.AddHeaders(value as IDictionary<string, string>);
        if (parameter.GetCustomAttribute<PropertyAttribute>() is { } property)
        {
            var key = new HttpRequestOptionsKey<object?>(property.Key ?? parameter.Name!);
            return (draft, value) => draft.Request.Options.Set(key, value);
        }

        if (_path.Takes(parameter))
            return (_, _) => { };
        if (_boundary is not null && !parameter.IsDefined(typeof(QueryAttribute)))
            return new MultipartStep(parameter, _settings).Write;

        return new QueryStep(parameter, _path, _settings).Write;
    }
}

/// <summary>A request while its arguments are put in.</summary>
internal sealed class RequestDraft(HttpRequestMessage request, IEnumerable<KeyValuePair<string, string>> headers)
{
    public HttpRequestMessage Request { get; } = request;

    public MultipartFormDataContent? Parts { get; set; }

    public List<KeyValuePair<string, string?>> Query { get; } = [];

    public Dictionary<string, string?> Headers { get; } = new(
        headers.Select(h => new KeyValuePair<string, string?>(h.Key, h.Value)), StringComparer.OrdinalIgnoreCase);

    public void AddHeaders(IDictionary<string, string>? more)
    {
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            Headers[name] = value;
    }

    public void ApplyHeaders()
    {
        foreach (var (name, value) in Headers)
        {
            if (value is not null)
                HeaderText.Set(Request, name, value);
        }
    }
}
