using Marten;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Backups;

/// <summary>
/// Section <c>overrides</c>: excuses and their withdrawals, through the decisions that supervisors' commands use, in
/// the order in which they happened.
/// </summary>
internal static class ImportOverrides
{
    /// <param name="Rejection">The one rejection event; null: all from before the excuse.</param>
    internal sealed record Command(
        Guid Id, Guid TicketId, SoughtRejection? Rejection, string Reason, string By, DateTimeOffset At,
        Withdrawal? Withdrawn, IReadOnlyList<Withdrawal> Parts);

    /// <param name="Rejection">Of a part: the rejection event that counts again; null: all that was excused.</param>
    internal sealed record Withdrawal(SoughtRejection? Rejection, string Reason, string By, DateTimeOffset At);

    public static SectionImport<PortalOverride, Command> Section(KnownTickets tickets, DateTimeOffset now) => new(
        "overrides", entry => Read(entry, tickets, now), entry => entry.Id, command => command.Id.ToString(),
        command => command.TicketId, (commands, session, cancel) => DecideAsync(commands, session, now, cancel));

    public static Command Read(PortalOverride entry, KnownTickets tickets, DateTimeOffset now) => new(
        Input.Id("id", entry.Id),
        tickets.Of(entry.Ticket),
        Sought(entry.RejectionEventId, entry.RejectionLabel, entry.RejectionAt, now),
        Reason("reason", entry.Reason),
        PortalFields.By(entry.By),
        PortalFields.Instant("at", entry.At, now),
        entry.Withdrawn is { } w
            ? new Withdrawal(
                null, Reason("withdrawn.reason", w.Reason), PortalFields.By(w.By, "withdrawn.by"),
                PortalFields.Instant("withdrawn.at", w.At, now))
            : null,
        [.. (entry.PartlyWithdrawn ?? []).Select(part => Part(part, now))]);

    private static Withdrawal Part(PortalPart? part, DateTimeOffset now) => part is null
        ? throw new InvalidFieldException("partlyWithdrawn", "holds null")
        : new Withdrawal(
            Sought(part.RejectionEventId, part.RejectionLabel, part.RejectionAt, now)
                ?? throw new InvalidFieldException("partlyWithdrawn.rejectionEventId", "is missing"),
            Reason("partlyWithdrawn.reason", part.Reason), PortalFields.By(part.By, "partlyWithdrawn.by"),
            PortalFields.Instant("partlyWithdrawn.at", part.At, now));

    private static async Task<IReadOnlyList<EntryResult>> DecideAsync(
        IReadOnlyList<Command> commands, IDocumentSession session, DateTimeOffset now, CancellationToken cancel)
    {
        var results = new Dictionary<Guid, EntryResult>();
        foreach (var ticket in commands.GroupBy(c => c.TicketId))
        {
            var events = await session.Events.FetchStreamAsync(ticket.Key, token: cancel);
            var history = new OverrideHistory(ticket.Key, events);
            Decide(history, [.. ticket], now, results);
            if (history.Added.Count > 0)
            {
                session.Events.Append(ticket.Key, events.Count + history.Added.Count, history.Added.Select(added =>
                {
                    // The excuse keeps its id: it is how the same backup, imported again, finds it.
                    var stored = session.Events.BuildEvent(added.Data);
                    stored.Id = added.Id;
                    return (object)stored;
                }));
            }
        }

        return [.. commands.Select(c => results[c.Id])];
    }

    /// <summary>Goes through one ticket's excuses and withdrawals by their instants.</summary>
    internal static void Decide(
        OverrideHistory history, IReadOnlyList<Command> commands, DateTimeOffset now,
        Dictionary<Guid, EntryResult> results)
    {
        var steps = commands.SelectMany(Steps)
            .OrderBy(step => step.At).ThenBy(step => step.Withdrawal is not null).ThenBy(step => step.Command.Id);
        foreach (var (_, command, withdrawal) in steps)
        {
            var before = results.GetValueOrDefault(command.Id, EntryResult.Unchanged);
            if (before.Change == EntryChange.Refused)
            {
                continue;
            }

            try
            {
                var changed = withdrawal is null
                    ? history.Excuse(command, now)
                    : history.Withdraw(command, withdrawal, now);
                results[command.Id] = !changed ? before
                    : withdrawal is null ? EntryResult.Created
                    : before.Change == EntryChange.Created ? before : EntryResult.Changed;
            }
            catch (InvalidFieldException e)
            {
                results[command.Id] = EntryResult.Refused(e.Field, e.Reason);
            }
            catch (DomainException e)
            {
                results[command.Id] = EntryResult.Refused("ticket", e.Message);
            }
        }
    }

    private static IEnumerable<(DateTimeOffset At, Command Command, Withdrawal? Withdrawal)> Steps(Command command)
    {
        yield return (command.At, command, null);
        foreach (var withdrawal in command.Parts.Append(command.Withdrawn).OfType<Withdrawal>())
        {
            yield return (withdrawal.At, command, withdrawal);
        }
    }

    private static SoughtRejection? Sought(string? eventId, string? label, string? at, DateTimeOffset now) =>
        eventId is null && label is null && at is null
            ? null
            : new SoughtRejection(
                Input.OptionalId("rejectionEventId", eventId),
                Input.OptionalLine("rejectionLabel", label, Given.LongestLabel),
                PortalFields.OptionalInstant("rejectionAt", at, now));

    private static string Reason(string field, string? reason) =>
        PortalFields.ErasableProse(field, reason, Given.LongestReason);
}

/// <summary>A rejection event that is sought: its id may be that of another installation.</summary>
internal sealed record SoughtRejection(Guid? EventId, string? Label, DateTimeOffset? At);
