using System.Net;
using Refit;

namespace Performance.Portal.Show;

/// <summary>Why something did not work, in words for the person, and whether trying again may help.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Hint">What to try.</param>
/// <param name="Kind">How to show it.</param>
/// <param name="TraceId">For whoever looks into it.</param>
public sealed record Trouble(string Title, string Hint, TroubleKind Kind, string? TraceId)
{
    /// <summary>Reasons by field, from a 400.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = new Dictionary<string, string[]>();

    public bool Passes => Kind == TroubleKind.Away;

    public string? FieldReason(string field) =>
        Fields.FirstOrDefault(f => string.Equals(f.Key, field, StringComparison.OrdinalIgnoreCase))
            .Value?.FirstOrDefault();

    public static Trouble Of(Exception exception) => exception switch
    {
        ApiException e => Of(e),
        OperationCanceledException or TimeoutException => new(
            "The answer takes too long.", "It is tried again by itself.", TroubleKind.Away, Trace()),
        HttpRequestException or IOException => new(
            "The service cannot be reached.", "It is tried again by itself.", TroubleKind.Away, Trace()),
        _ => new("This page could not be shown.", "Try again; if it stays, tell your admin the trace id.",
            TroubleKind.Broken, Trace())
    };

    private static Trouble Of(ApiException e)
    {
        var problem = (e as ValidationApiException)?.Content;
        var trace = problem?.Extensions.TryGetValue("traceId", out var id) == true ? id.ToString() : Trace();
        var title = problem?.Title;
        return e.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new("Your sign-in has ended.", "Sign in again to go on.",
                TroubleKind.SignedOut, trace),
            HttpStatusCode.Forbidden => new(title ?? "You may not see this.",
                "A supervisor of the team or an admin can give you access (People and teams, Users and keys).",
                TroubleKind.Denied, trace),
            HttpStatusCode.NotFound => new(title ?? "This is not there.", "It may have been merged or removed.",
                TroubleKind.Missing, trace),
            HttpStatusCode.Conflict => new(title ?? "That is not possible in the present state.",
                problem?.Detail ?? "Look at the latest state and try again.", TroubleKind.Refused, trace),
            HttpStatusCode.PreconditionFailed => new("Somebody changed this meanwhile.",
                "Look at the latest state and try again.", TroubleKind.Refused, trace),
            HttpStatusCode.TooManyRequests => new("Too many requests just now.", "Wait a moment and try again.",
                TroubleKind.Away, trace),
            HttpStatusCode.BadRequest => new(title ?? "Something in it is not valid.", problem?.Detail ?? "",
                TroubleKind.Refused, trace) { Fields = problem?.Errors ?? [] },
            >= HttpStatusCode.InternalServerError => new("The service is not available right now.",
                "It is tried again by itself.", TroubleKind.Away, trace),
            _ => new(title ?? "That did not work.", problem?.Detail ?? "", TroubleKind.Refused, trace)
        };
    }

    private static string? Trace() => System.Diagnostics.Activity.Current?.TraceId.ToString();
}

/// <summary>Kinds of trouble.</summary>
public enum TroubleKind
{
    /// <summary>A service is away or slow; trying again helps.</summary>
    Away,

    /// <summary>Not for this person.</summary>
    Denied,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>The input or the state forbids it.</summary>
    Refused,

    /// <summary>Signed out.</summary>
    SignedOut,

    /// <summary>Our own fault.</summary>
    Broken
}
