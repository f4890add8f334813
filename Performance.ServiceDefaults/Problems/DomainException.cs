namespace Performance.ServiceDefaults.Problems;

/// <summary>A command that is illegal in the present state: answered 409 with what would be legal.</summary>
/// <param name="title">What is wrong, for a person.</param>
/// <param name="extensions">More members of the problem document, for example <c>allowed</c> moves.</param>
public sealed class DomainException(string title, IReadOnlyDictionary<string, object?>? extensions = null)
    : Exception(title)
{
    public IReadOnlyDictionary<string, object?> Extensions { get; } =
        extensions ?? new Dictionary<string, object?>();
}

/// <summary>Malformed input: answered 400 with the field and the reason.</summary>
/// <param name="field">The field as the client spelled it, for example <c>agentId</c> or
/// <c>mapping.dateFormat</c>.</param>
/// <param name="reason">What is wrong with it.</param>
public sealed class InvalidFieldException(string field, string reason) : Exception($"{field}: {reason}")
{
    public string Field { get; } = field;

    public string Reason { get; } = reason;
}

/// <summary>What was asked for is not there: answered 404.</summary>
public sealed class NotFoundException(string what) : Exception(what);

/// <summary>The asker may not: answered 403. The refusal is logged.</summary>
public sealed class ForbiddenException(string why) : Exception(why);

/// <summary>The version in If-Match is not the present one: answered 412.</summary>
public sealed class StaleVersionException(long current) : Exception($"The current version is {current}.")
{
    public long Current { get; } = current;
}

/// <summary>Too much of something expensive at once, of one asker or of all: answered 429 with Retry-After.</summary>
public sealed class BusyException(string why) : Exception(why);
