using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Core;
using JasperFx.Events;

namespace Marten.Internal.Projections;

/// <summary>The Project, Create and Transform methods of an event projection, compiled per event type.</summary>
internal sealed class EventProjectionHandlers
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private readonly object _projection;
    private readonly List<(Type Event, MethodInfo Method)> _methods = [];
    private readonly ConcurrentDictionary<Type, Call?> _calls = [];

    public EventProjectionHandlers(object projection)
    {
        _projection = projection;
        foreach (var method in projection.GetType().GetMethods(AnyMethod))
        {
            if (method.Name is "Project" or "Create" or "Transform"
                && !method.IsDefined(typeof(JasperFxIgnoreAttribute)) && EventType(method) is { } type)
            {
                _methods.Add((type, method));
            }
        }
    }

    private delegate ValueTask Call(IDocumentOperations operations, IEvent @event, CancellationToken token);

    public bool Any => _methods.Count > 0;

    public IEnumerable<Type> EventTypes => _methods.Select(m => m.Event).Distinct();

    public IEnumerable<Type> PublishedTypes => _methods.Where(m => m.Method.Name != "Project")
        .Select(m => Result(m.Method.ReturnType)).Distinct();

    public ValueTask ApplyAsync(IDocumentOperations operations, IEvent @event, CancellationToken token)
    {
        var call = _calls.TryGetValue(@event.EventType, out var known)
            ? known
            : _calls.GetOrAdd(@event.EventType, Find);
        return call is null ? default : call(operations, @event, token);
    }

    /// <summary>One method for an event: that of the most derived type, and of those the one that takes most.</summary>
    private Call? Find(Type type)
    {
        var fitting = _methods.Where(m => m.Event.IsAssignableFrom(type))
            .OrderByDescending(m => m.Method.GetParameters().Length).ToArray();
        var method = fitting.FirstOrDefault(m => fitting.All(o => o.Event.IsAssignableFrom(m.Event))).Method
            ?? fitting.FirstOrDefault(m => !m.Event.IsInterface).Method ?? fitting.FirstOrDefault().Method;
        return method is null ? null : Compile(method, type);
    }

    private static Type Result(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        ? type.GetGenericArguments()[0]
        : type;

    private static Type? EventType(MethodInfo method)
    {
        var candidates = method.GetParameters().Select(p => p.ParameterType)
            .Where(t => t != typeof(IEvent) && t != typeof(CancellationToken)
                && !typeof(IQuerySession).IsAssignableFrom(t))
            .ToArray();
        return candidates.Select(Wrapped).FirstOrDefault(t => t is not null)
            ?? (candidates.Length == 1 ? candidates[0] : null);
    }

    private static Type? Wrapped(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEvent<>)
            ? type.GetGenericArguments()[0]
            : null;

    private Call Compile(MethodInfo method, Type eventType)
    {
        var operations = Expression.Parameter(typeof(IDocumentOperations));
        var @event = Expression.Parameter(typeof(IEvent));
        var token = Expression.Parameter(typeof(CancellationToken));
        var wrapper = Expression.Convert(@event, typeof(IEvent<>).MakeGenericType(eventType));
        var arguments = method.GetParameters().Select(p => p.ParameterType switch
        {
            var t when t == typeof(IEvent) => (Expression)@event,
            var t when t == typeof(CancellationToken) => token,
            var t when typeof(IQuerySession).IsAssignableFrom(t) => operations,
            var t when Wrapped(t) is not null => Expression.Convert(@event, t),
            var t => Expression.Convert(Expression.Property(wrapper, "Data"), t),
        });
        Expression call = Expression.Call(method.IsStatic ? null : Expression.Constant(_projection), method, arguments);
        var returns = method.ReturnType;
        if (returns == typeof(void))
        {
            call = Expression.Block(call, Expression.Default(typeof(ValueTask)));
        }
        else if (method.Name == "Project")
        {
            if (returns == typeof(Task))
                call = Expression.New(typeof(ValueTask).GetConstructor([typeof(Task)])!, call);
        }
        else
        {
            var document = Result(returns);
            var name = document == returns ? nameof(Store) : returns.GetGenericTypeDefinition() == typeof(Task<>)
                ? nameof(StoreTask)
                : nameof(StoreValueTask);
            call = Expression.Call(typeof(EventProjectionHandlers), name, [document], operations, call);
        }
        return Expression.Lambda<Call>(call, operations, @event, token).Compile();
    }

    private static ValueTask Store<T>(IDocumentOperations operations, T document) where T : notnull
    {
        if (document is not null)
            operations.Store(document);
        return default;
    }

    private static async ValueTask StoreTask<T>(IDocumentOperations operations, Task<T> document) where T : notnull
        => await Store(operations, await document.ConfigureAwait(false)).ConfigureAwait(false);

    private static async ValueTask StoreValueTask<T>(IDocumentOperations operations, ValueTask<T> document)
        where T : notnull
        => await Store(operations, await document.ConfigureAwait(false)).ConfigureAwait(false);
}
