using System.Diagnostics.CodeAnalysis;

namespace Marten;

/// <summary>Conditions for queries.</summary>
public static class LinqExtensions
{
    public static bool IsOneOf<T>(this T variable, params T[] matches) => matches.Contains(variable);

    public static bool IsOneOf<T>(this T variable, IList<T> matches) => matches.Contains(variable);

    public static bool In<T>(this T variable, params T[] matches) => matches.Contains(variable);

    public static bool In<T>(this T variable, IList<T> matches) => matches.Contains(variable);

    public static bool IsEmpty<T>([NotNullWhen(false)] this IEnumerable<T>? enumerable)
        => enumerable is null || !enumerable.Any();
}
