using System.Globalization;
using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Deliveries;

/// <summary><c>GET</c> and <c>PUT preferences</c>: the caller's own; e-mail at all, and quiet hours.</summary>
internal static class ChangePreferences
{
    /// <summary>Quiet hours: HH:mm in the time zone, both or none.</summary>
    internal sealed record Body(bool? Email, string? QuietFrom, string? QuietTo, string? TimeZone);

    internal sealed record View(bool Email, string? QuietFrom, string? QuietTo, string TimeZone);

    public static IReadOnlyList<object> Decide(
        DeliveryPreferences? state, PreferencesChanged wanted)
    {
        var present = state ?? DeliveryPreferences.Usual;
        return present.Apply(wanted) == present ? [] : [wanted];
    }

    public static PreferencesChanged Read(Guid agentId, Body body, DateTimeOffset now)
    {
        var (from, to) = (Time("quietFrom", body.QuietFrom), Time("quietTo", body.QuietTo));
        return (from, to) switch
        {
            (not null, null) => throw new InvalidFieldException("quietTo", "is missing"),
            (null, not null) => throw new InvalidFieldException("quietFrom", "is missing"),
            (not null, not null) when from == to => throw new InvalidFieldException("quietTo", "is the same as from"),
            _ => new PreferencesChanged(
                agentId, body.Email ?? throw new InvalidFieldException("email", "is missing"), from, to,
                Zone(body.TimeZone), now)
        };
    }

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/preferences", async (
            HttpContext http, IQuerySession session, Recipients recipients, CancellationToken cancel) =>
        {
            var preferences = CurrentUser.From(http.User).AgentId is { } agent
                ? (await recipients.FindAsync(agent, session, cancel)).Preferences
                : DeliveryPreferences.Usual;
            return Results.Ok(Show(preferences));
        }).RequireAuthorization(Policies.Person).Produces<View>();

        group.MapPut("/preferences", async (
            Body body, HttpContext http, IDocumentStore store, Recipients recipients, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var self = CurrentUser.From(http.User).AgentId
                ?? throw new DomainException("This sign-in has no agent record: nothing is ever sent to it.");
            var agent = (await recipients.RootAsync(self, cancel))?.AgentId ?? self;
            var wanted = Read(agent, body, clock.GetUtcNow());
            return await CommandEndpoint.RunAsync<DeliveryPreferences>(
                http, store, EventStoreId.Notifications, StreamIds.Preferences(agent),
                (state, _, _) => ValueTask.FromResult(Decide(state, wanted)), cancel);
        }).RequireAuthorization(Policies.Person);
    }

    private static View Show(DeliveryPreferences preferences) => new(
        preferences.Email,
        preferences.QuietFrom?.ToString("HH:mm", CultureInfo.InvariantCulture),
        preferences.QuietTo?.ToString("HH:mm", CultureInfo.InvariantCulture),
        preferences.TimeZone ?? DeliveryPreferences.UsualZone);

    private static TimeOnly? Time(string field, string? value) =>
        string.IsNullOrEmpty(value) ? null
        : TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new InvalidFieldException(field, "is not a time as HH:mm");

    private static string? Zone(string? value) =>
        Input.OptionalLine("timeZone", value, 100) is not { } name ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out _) ? name
        : throw new InvalidFieldException("timeZone", "is not an IANA time zone");
}
