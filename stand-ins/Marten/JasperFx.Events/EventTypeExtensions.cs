using System.Text.RegularExpressions;

namespace JasperFx.Events;

/// <summary>Stored aliases of event types: <c>TicketOpened</c> is <c>ticket_opened</c>.</summary>
public static partial class EventTypeExtensions
{
    public static string GetEventTypeName(this Type eventType, EventNamingStyle style) => style switch
    {
        EventNamingStyle.ClassicTypeName => eventType.GetEventTypeName(),
        EventNamingStyle.SmarterTypeName => eventType.GetSmarterEventTypeName(),
        _ => eventType.FullName!.Replace('+', '.'),
    };

    public static string GetEventTypeName(this Type eventType)
        => eventType.IsGenericType ? global::Marten.Internal.TypeNames.Short(eventType) : ToTableAlias(eventType.Name);

    public static string GetSmarterEventTypeName(this Type eventType)
        => eventType.DeclaringType is { } outer
            ? $"{outer.GetEventTypeName()}.{eventType.GetEventTypeName()}"
            : eventType.GetEventTypeName();

    public static string GetEventTypeName<TEvent>() => GetEventTypeName(typeof(TEvent));

    public static string GetEventTypeNameWithSuffix(this string eventTypeName, string suffix)
        => $"{eventTypeName}_{suffix}";

    public static string GetEventTypeNameWithSuffix(this Type eventType, string suffix)
        => GetEventTypeNameWithSuffix(GetEventTypeName(eventType), suffix);

    public static string GetEventTypeNameWithSuffix<TEvent>(string suffix)
        => GetEventTypeNameWithSuffix(typeof(TEvent), suffix);

    public static string GetEventTypeNameWithSchemaVersion(Type eventType, uint schemaVersion)
        => GetEventTypeNameWithSuffix(eventType, $"v{schemaVersion}");

    public static string GetEventTypeNameWithSchemaVersion<TEvent>(uint schemaVersion)
        => GetEventTypeNameWithSchemaVersion(typeof(TEvent), schemaVersion);

    public static string GetEventTypeNameWithSchemaVersion(string eventTypeName, uint schemaVersion)
        => GetEventTypeNameWithSuffix(eventTypeName, $"v{schemaVersion}");

    internal static string ToTableAlias(string name)
        => LowerBeforeOther().Replace(OtherBeforeWord().Replace(name, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex(@"(\P{Ll})(\P{Ll}\p{Ll})")]
    private static partial Regex OtherBeforeWord();

    [GeneratedRegex(@"(\p{Ll})(\P{Ll})")]
    private static partial Regex LowerBeforeOther();
}
