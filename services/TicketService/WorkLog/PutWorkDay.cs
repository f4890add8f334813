using Marten;
using Microsoft.AspNetCore.Mvc;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.WorkLog;

/// <summary>
/// <c>PUT /api/worklog/{agentId}/{date} {notes, entries}</c>: the agent's own log of a day becomes this; with neither
/// notes nor entries the day has no log.
/// </summary>
internal static class PutWorkDay
{
    private const int LargestBody = 1024 * 1024;
    private const int MostEntries = 500;
    private const int LongestLine = 200;
    private const int LongestProse = 4000;

    internal sealed record Body(string? Notes, IReadOnlyList<EntryBody?>? Entries);

    internal sealed record EntryBody(string? Id, string? AccessId, string? Status, string? Client, string? Comments);

    internal sealed record Command(
        Guid AgentId, DateOnly Date, string? Notes, IReadOnlyList<WorkEntry> Entries, string By);

    public static IReadOnlyList<object> Decide(WorkDay? day, Command command, DateTimeOffset now)
    {
        var isLogged = day is { IsLogged: true };
        if (command is { Notes: null, Entries: [] })
        {
            return isLogged ? [new DayCleared(command.AgentId, command.Date, command.By, now)] : [];
        }

        return isLogged && day!.Notes == command.Notes && day.Entries.SequenceEqual(command.Entries)
            ? []
            : [new DayLogged(command.AgentId, command.Date, command.Notes, command.Entries, command.By, now)];
    }

    public static Guid StreamOf(Guid agentId, DateOnly date) =>
        DeterministicId.Of("work-day", agentId.ToString(), date.ToString("O"));

    /// <param name="agent">Whose log.</param>
    /// <param name="day">Its date.</param>
    /// <param name="body">What is logged.</param>
    /// <param name="by">Who logs.</param>
    /// <param name="now">The date is at most tomorrow.</param>
    /// <param name="erased">Rows without an access id are taken: it was erased.</param>
    public static Command Read(
        Guid agent, DateOnly day, Body body, string by, DateTimeOffset now, bool erased = false) =>
        // Tomorrow has begun somewhere; the day after has not.
        day > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1)
            ? throw new InvalidFieldException("date", "lies in the future")
            : new Command(
                agent, day,
                string.IsNullOrWhiteSpace(body.Notes) ? null : Input.Prose("notes", body.Notes, LongestProse),
                Entries(body.Entries ?? [], erased), by);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/worklog/{agentId}/{date}", async (
            string agentId, string date, Body body, HttpContext http, IDocumentStore store, AgentDirectory directory,
            TimeProvider clock, CancellationToken cancel) =>
        {
            var user = CurrentUser.From(http.User);
            var agent = Input.Id("agentId", agentId);
            var access = new TicketAccess(user, await directory.AllAsync(cancel));
            if (user.AgentId is null || access.Resolve(user.AgentId) != access.Resolve(agent))
            {
                throw new ForbiddenException("Only the agent edits an own log.");
            }

            var day = Input.Date("date", date);
            var command = Read(agent, day, body, user.UserName, clock.GetUtcNow());
            return await CommandEndpoint.RunAsync<WorkDay>(
                http, store, EventStoreId.Tickets, StreamOf(agent, day),
                state => Decide(state, command, clock.GetUtcNow()), cancel);
        })
        .RequireAuthorization(Policies.Person)
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .Produces<CommandAnswer>()
        .WithName("PutWorkDay");

    private static WorkEntry[] Entries(IReadOnlyList<EntryBody?> bodies, bool erased)
    {
        if (bodies.Count > MostEntries)
        {
            throw new InvalidFieldException("entries", $"are more than {MostEntries}");
        }

        var entries = bodies.Select((body, i) => Entry(body, $"entries[{i}]", erased)).ToArray();
        var ids = entries.Where(e => e.Id.Length > 0).Select(e => e.Id).ToHashSet();
        return ids.Count == entries.Count(e => e.Id.Length > 0)
            ? [.. entries.Select(e => e.Id.Length > 0 ? e : Identified(e, ids))]
            : throw new InvalidFieldException("entries", "have an id twice");
    }

    // An id from what the row says: the same request again is the same day, and changes nothing.
    private static WorkEntry Identified(WorkEntry entry, HashSet<string> ids)
    {
        for (var ordinal = 0; ; ordinal++)
        {
            var id = DeterministicId.Of(
                entry.AccessId, entry.Status ?? "", entry.Client ?? "", entry.Comments ?? "", $"{ordinal}");
            if (ids.Add(id.ToString("N")))
            {
                return entry with { Id = id.ToString("N") };
            }
        }
    }

    private static WorkEntry Entry(EntryBody? body, string field, bool erased) => body is null
        ? throw new InvalidFieldException(field, "is null")
        : new WorkEntry(
            Input.OptionalLine($"{field}.id", body.Id, 64) ?? "",
            erased && body.AccessId is { Length: 0 } ? "" : Input.Line($"{field}.accessId", body.AccessId, LongestLine),
            Input.OptionalLine($"{field}.status", body.Status, LongestLine),
            Input.OptionalLine($"{field}.client", body.Client, LongestLine),
            string.IsNullOrWhiteSpace(body.Comments)
                ? null
                : Input.Prose($"{field}.comments", body.Comments, LongestProse));
}
