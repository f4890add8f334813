using System.Reflection;

namespace Refit;

/// <summary>One call: a request plan, and a reader of its answer.</summary>
internal sealed class RestMethod
{
    private readonly RequestPlan _plan;
    private readonly Func<HttpClient, object?[], object> _send;
    private readonly int _cancellation;

    public RestMethod(Type api, MethodInfo method, RefitSettings settings)
    {
        if (method.GetCustomAttribute<HttpMethodAttribute>(true) is null)
            throw new NotImplementedException($"{method.Name} has no HTTP method attribute.");

        var parameters = method.GetParameters();
        var tokens = parameters.Where(p => RequestPlan.IsCancellation(p.ParameterType)).ToList();
        if (tokens.Count > 1)
            throw new ArgumentException(
                $"Argument list to method {method.Name} can only contain a single CancellationToken");

        _cancellation = tokens.Count == 1 ? tokens[0].Position : -1;
        _plan = new RequestPlan(api, method, settings);
        _send = Sender(method, settings);
    }

    public object Send(HttpClient client, object?[] arguments) => _send(client, arguments);

    private Func<HttpClient, object?[], object> Sender(MethodInfo method, RefitSettings settings)
    {
        var returns = method.ReturnType;
        if (returns == typeof(Task))
        {
            var nothing = new AnswerReader(settings);
            return (client, arguments) =>
                nothing.RunAsync(client, _plan.Build(client, arguments), _plan.Buffers, Token(arguments));
        }

        if (!returns.IsGenericType || returns.GetGenericTypeDefinition() != typeof(Task<>))
            throw new ArgumentException(
                $"Method {method.Name} is invalid. All REST Methods must return either Task or Task<T>");

        var result = returns.GetGenericArguments()[0];
        var reader = (IAnswerReader)Activator.CreateInstance(
            typeof(AnswerReader<,>).MakeGenericType(result, AnswerReader.ContentOf(result)), settings)!;
        return (client, arguments) =>
            reader.Run(client, _plan.Build(client, arguments), _plan.Buffers, Token(arguments));
    }

    private CancellationToken Token(object?[] arguments) =>
        _cancellation >= 0 && arguments[_cancellation] is CancellationToken token ? token : CancellationToken.None;
}
