using Marten;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Sync;

/// <summary>
/// <c>PUT /api/tickets/sync/settings</c>: what is left out stays as it is; an empty token or secret is forgotten.
/// </summary>
internal static class PutSyncSettings
{
    private const int LargestBody = 16 * 1024;
    private const int LongestInterval = 24 * 60;
    private const int LongestSecret = 1000;

    internal sealed record Body(
        string? BaseAddress, string? TeamId, string? Token, string? WebhookSecret, bool? Enabled, int? IntervalMinutes,
        string? BusinessZone);

    public static IReadOnlyList<object> Decide(SyncSettings? state, Body command, string by, DateTimeOffset now)
    {
        var address = command.BaseAddress ?? state?.BaseAddress
            ?? throw new InvalidFieldException("baseAddress", "is missing");
        var team = command.TeamId ?? state?.TeamId ?? throw new InvalidFieldException("teamId", "is missing");
        // Else who may set the address, but was never told the token, could have it sent to an own server.
        if (state is { HasToken: true } && command.Token is null && !SameServer(address, state.BaseAddress))
        {
            throw new InvalidFieldException("token", "has to be given again with another address");
        }

        var after = new SyncConfigured(
            address, team, command.Enabled ?? state?.Enabled ?? false,
            command.IntervalMinutes ?? state?.IntervalMinutes ?? SyncSettings.UsualInterval,
            command.BusinessZone ?? state?.BusinessZone ?? SyncSettings.UsualZone,
            command.Token is { } token ? token.Length > 0 : state?.HasToken ?? false,
            command.WebhookSecret is { } secret ? secret.Length > 0 : state?.HasWebhookSecret ?? false, by, now);
        if (after is { Enabled: true, HasToken: false })
        {
            throw new InvalidFieldException("token", "is missing; without it the sync cannot be enabled");
        }

        var isSame = state is not null && command.Token is null && command.WebhookSecret is null
            && after == new SyncConfigured(
                state.BaseAddress, state.TeamId, state.Enabled, state.IntervalMinutes, state.BusinessZone,
                state.HasToken, state.HasWebhookSecret, by, now);
        return isSame ? [] : [after];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/tickets/sync/settings", async (
            Body body, HttpContext http, IDocumentStore store, SyncSecrets secrets, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var command = Checked(body);
            var by = CurrentUser.From(http.User).UserName;
            return await CommandEndpoint.RunAsync<SyncSettings>(
                http, store, EventStoreId.Tickets, SyncSettings.Stream,
                (state, session, _) =>
                {
                    var events = Decide(state, command, by, clock.GetUtcNow());
                    Keep(session, secrets, SyncSecrets.Token, command.Token);
                    Keep(session, secrets, SyncSecrets.Webhook, command.WebhookSecret);
                    return ValueTask.FromResult(events);
                }, cancel);
        })
        .RequireAuthorization(Policies.Administration)
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .Produces<CommandAnswer>()
        .WithName("PutSyncSettings");

    private static void Keep(IDocumentSession session, SyncSecrets secrets, string name, string? secret)
    {
        if (secret is not null)
        {
            secrets.Keep(session, name, secret);
        }
    }

    private static Body Checked(Body body) => new(
        body.BaseAddress is null ? null : Address(body.BaseAddress),
        body.TeamId is null ? null : Team(Input.Line("teamId", body.TeamId, 40)),
        Secret("token", body.Token),
        Secret("webhookSecret", body.WebhookSecret),
        body.Enabled,
        body.IntervalMinutes is null or (>= 1 and <= LongestInterval)
            ? body.IntervalMinutes
            : throw new InvalidFieldException("intervalMinutes", $"is not from 1 to {LongestInterval}"),
        body.BusinessZone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(body.BusinessZone) is not null
            ? body.BusinessZone
            : throw new InvalidFieldException("businessZone", "is not an IANA time zone such as America/Los_Angeles"));

    private static string Address(string text)
    {
        if (!Uri.TryCreate(Input.Line("baseAddress", text, 500), UriKind.Absolute, out var uri)
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new InvalidFieldException("baseAddress", "is no address such as https://api.clickup.com");
        }

        // The token goes along with every request.
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            throw new InvalidFieldException("baseAddress", "is not https; only this machine may be asked without");
        }

        var address = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return address.EndsWith("/api/v2", StringComparison.Ordinal) ? address[..^"/api/v2".Length] : address;
    }

    private static string Team(string id) => id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? id
        : throw new InvalidFieldException("teamId", "is not the id of a workspace");

    private static string? Secret(string field, string? value)
    {
        var secret = value?.Trim();
        return secret is null || (secret.Length <= LongestSecret && secret.All(c => c is >= ' ' and <= '~'))
            ? secret
            : throw new InvalidFieldException(field, $"is not up to {LongestSecret} printable characters");
    }

    private static bool SameServer(string one, string other) =>
        new Uri(one).GetLeftPart(UriPartial.Authority) == new Uri(other).GetLeftPart(UriPartial.Authority);
}
