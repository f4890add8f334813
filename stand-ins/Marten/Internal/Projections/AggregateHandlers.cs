using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using JasperFx.Core;
using JasperFx.Events;
using JasperFx.Events.Projections;

namespace Marten.Internal.Projections;

/// <summary>
/// The conventional methods of an aggregation (Create, Apply, ShouldDelete), on the projection and on the aggregate,
/// compiled once for every event type that occurs.
/// </summary>
internal sealed class AggregateHandlers<TDoc>
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private readonly object? _projection;
    private readonly List<(Type Event, MethodBase Method)> _creates = [];
    private readonly List<(Type Event, MethodBase Method)> _applies = [];
    private readonly List<(Type Event, MethodBase Method)> _deletes = [];
    private readonly HashSet<Type> _alwaysDelete = [];
    private readonly ConcurrentDictionary<Type, Handler> _handlers = [];
    private readonly Func<TDoc> _blank;

    public AggregateHandlers(object? projection)
    {
        _projection = projection;
        var types = projection is null ? [typeof(TDoc)] : new[] { projection.GetType(), typeof(TDoc) };
        foreach (var method in types.SelectMany(t => t.GetMethods(AnyMethod)))
        {
            if (method.IsDefined(typeof(JasperFxIgnoreAttribute)) || EventType(method) is not { } type)
                continue;
            switch (method.Name)
            {
                case "Create":
                    _creates.Add((type, method));
                    break;
                case "Apply":
                    _applies.Add((type, method));
                    break;
                case "ShouldDelete":
                    _deletes.Add((type, method));
                    break;
            }
        }
        foreach (var constructor in typeof(TDoc).GetConstructors())
        {
            if (constructor.GetParameters() is [var single] && EventType(constructor) is { } type)
                _creates.Add((type, constructor));
        }
        // Where only Apply knows the first event, it is applied to a blank document, as in the real store.
        _blank = typeof(TDoc).GetConstructor([]) is { } blank
            ? Expression.Lambda<Func<TDoc>>(Expression.New(blank)).Compile()
            : () => (TDoc)RuntimeHelpers.GetUninitializedObject(typeof(TDoc));
    }

    public bool Any => _creates.Count + _applies.Count + _deletes.Count + _alwaysDelete.Count > 0;

    public IEnumerable<Type> EventTypes
        => _creates.Concat(_applies).Concat(_deletes).Select(m => m.Event).Concat(_alwaysDelete).Distinct();

    public void DeleteOn(Type eventType) => _alwaysDelete.Add(eventType);

    /// <summary>Whether all handlers are synchronous is known once the handler of the event's type is.</summary>
    public Handler For(IEvent @event)
        => _handlers.TryGetValue(@event.EventType, out var known) ? known : _handlers.GetOrAdd(@event.EventType, Build);

    /// <exception cref="InvalidProjectionException">A public method is none that the conventions know.</exception>
    public static void AssertMethodNames(Type projection, params string[] names)
    {
        var unknown = projection.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => !m.IsSpecialName && m.DeclaringType != typeof(object)
                && m.GetBaseDefinition().DeclaringType!.Assembly != typeof(IEvent).Assembly
                && m.DeclaringType!.Assembly != typeof(IEvent).Assembly
                && !m.IsDefined(typeof(JasperFxIgnoreAttribute)) && !names.Contains(m.Name))
            .Select(m => $"Unrecognized method name '{m.Name}'. Either mark with [JasperFxIgnore] or use one of "
                + string.Join(", ", names.Select(n => $"'{n}'")))
            .ToArray();
        if (unknown.Length > 0)
        {
            throw new InvalidProjectionException(
                [$"Projection {projection.FullName} has validation errors:", .. unknown]);
        }
    }

    private static Type? EventType(MethodBase method)
    {
        var candidates = method.GetParameters()
            .Where(p => p.ParameterType != typeof(TDoc) && p.ParameterType != typeof(IEvent)
                && p.ParameterType != typeof(CancellationToken)
                && !typeof(IQuerySession).IsAssignableFrom(p.ParameterType))
            .ToArray();
        var parameter = candidates.FirstOrDefault(p => Wrapped(p.ParameterType) is not null)
            ?? candidates.FirstOrDefault(p => p.Name is "event" or "@event" or "e")
            ?? (candidates.Length == 1 ? candidates[0] : null);
        if (parameter is null)
            return null;
        var type = Wrapped(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Guid)
            || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(decimal)
            ? null
            : type;
    }

    private static Type? Wrapped(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEvent<>)
            ? type.GetGenericArguments()[0]
            : null;

    private Handler Build(Type eventType)
    {
        var handler = new Handler { AlwaysDelete = _alwaysDelete.Any(t => t.IsAssignableFrom(eventType)) };
        if (Find(_creates, eventType) is { } create)
            (handler.Create, handler.CreateAsync) = Compile(create, eventType);
        if (Find(_applies, eventType) is { } apply)
        {
            (handler.Apply, handler.ApplyAsync) = Compile(apply, eventType);
            handler.Blank = _blank;
        }
        if (Find(_deletes, eventType) is { } delete)
            handler.ShouldDelete = CompileDelete(delete, eventType);
        handler.IsAsync = handler.CreateAsync is not null || handler.ApplyAsync is not null;
        return handler;
    }

    private static MethodBase? Find(List<(Type Event, MethodBase Method)> methods, Type eventType)
    {
        var exact = methods.FirstOrDefault(m => m.Event == eventType).Method;
        if (exact is not null)
            return exact;
        var fitting = methods.Where(m => m.Event.IsAssignableFrom(eventType)).ToArray();
        // The most derived one, if several fit.
        return fitting.FirstOrDefault(m => fitting.All(o => o.Event.IsAssignableFrom(m.Event))).Method;
    }

    private (Step?, AsyncStep?) Compile(MethodBase method, Type eventType)
    {
        var (document, @event, session, token) = Parameters();
        var returns = method is MethodInfo info ? info.ReturnType : typeof(TDoc);
        var isAsync = returns != typeof(void) && returns != typeof(TDoc);
        var call = Call(method, eventType, document, @event, session,
            isAsync ? token : Expression.Default(typeof(CancellationToken)));
        if (call.Type == typeof(void))
            return (Lambda<Step>(Expression.Block(call, document), document, @event, session), null);
        if (call.Type == typeof(TDoc))
            return (Lambda<Step>(call, document, @event, session), null);
        Expression body = call.Type switch
        {
            var t when t == typeof(Task) => Expression.Call(typeof(AggregateHandlers<TDoc>), nameof(Then), [], call,
                document),
            var t when t == typeof(Task<TDoc>) => Expression.New(
                typeof(ValueTask<TDoc>).GetConstructor([typeof(Task<TDoc>)])!, call),
            var t when t == typeof(ValueTask<TDoc>) => call,
            _ => throw new InvalidProjectionException(
                $"{method.DeclaringType!.FullName}.{method.Name} must not return {call.Type.FullName}"),
        };
        return (null, Expression.Lambda<AsyncStep>(body, document, @event, session, token).Compile());
    }

    private Func<TDoc, IEvent, IQuerySession, bool> CompileDelete(MethodBase method, Type eventType)
    {
        var (document, @event, session, _) = Parameters();
        var call = Call(method, eventType, document, @event, session, Expression.Default(typeof(CancellationToken)));
        return Expression.Lambda<Func<TDoc, IEvent, IQuerySession, bool>>(call, document, @event, session).Compile();
    }

    private static TDelegate Lambda<TDelegate>(Expression body, params ParameterExpression[] parameters)
        => Expression.Lambda<TDelegate>(body, parameters).Compile();

    private static async ValueTask<TDoc> Then(Task task, TDoc document)
    {
        await task.ConfigureAwait(false);
        return document;
    }

    private static (ParameterExpression, ParameterExpression, ParameterExpression, ParameterExpression) Parameters()
        => (Expression.Parameter(typeof(TDoc)), Expression.Parameter(typeof(IEvent)),
            Expression.Parameter(typeof(IQuerySession)), Expression.Parameter(typeof(CancellationToken)));

    private Expression Call(MethodBase method, Type eventType, Expression document, Expression @event,
        Expression session, Expression token)
    {
        var wrapper = Expression.Convert(@event, typeof(IEvent<>).MakeGenericType(eventType));
        var arguments = method.GetParameters().Select(p => p.ParameterType switch
        {
            var t when t == typeof(TDoc) => document,
            var t when t == typeof(IEvent) => @event,
            var t when t == typeof(CancellationToken) => token,
            var t when typeof(IQuerySession).IsAssignableFrom(t) => Expression.Convert(session, t),
            var t when Wrapped(t) is not null => Expression.Convert(@event, t),
            var t => (Expression)Expression.Convert(Expression.Property(wrapper, "Data"), t),
        }).ToArray();
        if (method is ConstructorInfo constructor)
            return Expression.New(constructor, arguments);
        if (method.IsStatic)
            return Expression.Call((MethodInfo)method, arguments);
        var target = method.DeclaringType!.IsInstanceOfType(_projection)
            ? (Expression)Expression.Constant(_projection, method.DeclaringType)
            : document;
        return Expression.Call(target, (MethodInfo)method, arguments);
    }

    public delegate TDoc Step(TDoc document, IEvent @event, IQuerySession session);

    public delegate ValueTask<TDoc> AsyncStep(TDoc document, IEvent @event, IQuerySession session,
        CancellationToken token);

    /// <summary>What happens on one type of event.</summary>
    public sealed class Handler
    {
        public bool AlwaysDelete { get; init; }

        public bool IsAsync { get; set; }

        public Step? Create { get; set; }

        public Step? Apply { get; set; }

        public AsyncStep? CreateAsync { get; set; }

        public AsyncStep? ApplyAsync { get; set; }

        public Func<TDoc, IEvent, IQuerySession, bool>? ShouldDelete { get; set; }

        public Func<TDoc>? Blank { get; set; }

        public TDoc? Run(TDoc? document, IEvent @event, IQuerySession session)
        {
            if (Deletes(document, @event, session))
                return default;
            if (document is null && Create is not null)
                return Create(default!, @event, session);
            return Apply is null ? document : Apply(document ?? Blank!(), @event, session);
        }

        public async ValueTask<TDoc?> RunAsync(TDoc? document, IEvent @event, IQuerySession session,
            CancellationToken token)
        {
            if (Deletes(document, @event, session))
                return default;
            if (document is null && (Create is not null || CreateAsync is not null))
            {
                return CreateAsync is null
                    ? Create!(default!, @event, session)
                    : await CreateAsync(default!, @event, session, token).ConfigureAwait(false);
            }
            if (Apply is null && ApplyAsync is null)
                return document;
            document ??= Blank!();
            return ApplyAsync is null
                ? Apply!(document, @event, session)
                : await ApplyAsync(document, @event, session, token).ConfigureAwait(false);
        }

        /// <summary>Asked before the event is applied, of the aggregate as it was.</summary>
        private bool Deletes(TDoc? document, IEvent @event, IQuerySession session)
            => AlwaysDelete || (ShouldDelete is not null && document is not null
                && ShouldDelete(document, @event, session));
    }
}
