using JasperFx.Events;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Backups;

/// <summary>
/// A ticket with what was excused in it and when, to which a backup's excuses and withdrawals are added as if they had
/// come in their time: what happened here later than an entry stands.
/// </summary>
internal sealed class OverrideHistory
{
    private readonly Guid ticketId;
    private readonly Dictionary<Guid, Guid?> scopes = [];
    private readonly Dictionary<Guid, DateTimeOffset> rejectedAt = [];
    private readonly Dictionary<Guid, DateTimeOffset> excusedAt = [];
    private readonly Dictionary<Guid, DateTimeOffset> withdrawnAt = [];
    private readonly List<(Guid Id, object Data)> added = [];
    private Ticket? ticket;

    public OverrideHistory(Guid ticketId, IReadOnlyList<IEvent> events)
    {
        this.ticketId = ticketId;
        foreach (var e in events)
        {
            Apply(e.Id, e.Data);
        }
    }

    /// <summary>What is to be appended.</summary>
    public IReadOnlyList<(Guid Id, object Data)> Added => added;

    /// <summary>Excuses, unless it is known, or was withdrawn here later.</summary>
    /// <returns>Whether there is something to append.</returns>
    public bool Excuse(ImportOverrides.Command command, DateTimeOffset now)
    {
        if (scopes.ContainsKey(command.Id))
        {
            return false;
        }

        Given.At(command.At, ticket!, now);
        Rejection[] standing = [.. ticket!.StandingRejections];
        Rejection[] meant = command.Rejection is { } one ? [Find(one, standing)]
            : [.. standing.Where(r => rejectedAt.GetValueOrDefault(r.EventId) <= command.At)];
        if (meant.Length == 0)
        {
            throw new InvalidFieldException("ticket", "had no rejection event by then");
        }

        Rejection[] left = [.. meant.Where(r => !(withdrawnAt.GetValueOrDefault(r.EventId) > command.At))];
        Guid?[] wanted = command.Rejection is null && left.Length == standing.Length
            ? [null]
            : [.. left.Where(r => !r.Excused).Select(r => (Guid?)r.EventId)];
        var before = added.Count;
        foreach (var scope in wanted)
        {
            var id = scopes.ContainsKey(command.Id) ? PartId(command.Id, scope!.Value) : command.Id;
            foreach (var data in ExcuseRejections.Decide(
                ticket, new RejectionRequest.Command(scope, command.Reason, command.By), command.At))
            {
                switch (data)
                {
                    // Nobody is told of what they were told of then; and who had the ticket then is not known.
                    case RejectionsExcused excused:
                        Add(id, excused with { AgentId = null });
                        break;
                    case DisputeDecided settled:
                        Add(DeterministicId.Of("settled", $"{id}", $"{settled.DisputeEventId}"), data);
                        break;
                }
            }
        }

        return added.Count > before;
    }

    /// <summary>Takes the excuse back, as far as it stands and was not given again later.</summary>
    /// <returns>Whether there is something to append.</returns>
    public bool Withdraw(
        ImportOverrides.Command command, ImportOverrides.Withdrawal withdrawal, DateTimeOffset now)
    {
        Given.At(withdrawal.At, ticket!, now);
        var before = added.Count;
        Guid?[] excused = withdrawal.Rejection is { } one ? [Find(one, [.. ticket!.StandingRejections]).EventId]
            : [.. ScopesOf(command.Id)];
        foreach (var scope in excused)
        {
            Rejection[] standing = [.. RejectionRequest.InScope(ticket!, scope).Where(r => r.Excused)];
            Rejection[] older =
                [.. standing.Where(r => excusedAt.GetValueOrDefault(r.EventId) <= withdrawal.At)];
            Guid?[] wanted = older.Length == 0 ? []
                : older.Length == standing.Length ? [scope]
                : [.. older.Select(r => (Guid?)r.EventId)];
            foreach (var each in wanted)
            {
                var request = new RejectionRequest.Command(each, withdrawal.Reason, withdrawal.By);
                var decided = WithdrawExcuse.Decide(ticket!, request, withdrawal.At);
                foreach (var withdrawn in decided.Cast<ExcuseWithdrawn>())
                {
                    // As of excuses: nobody is told again.
                    Add(
                        DeterministicId.Of("withdrawn", command.Id.ToString(), $"{each} {withdrawal.At:O}"),
                        withdrawn with { AgentId = null });
                }
            }
        }

        return added.Count > before;
    }

    // An excuse of all that came before something else was rejected is one event for each here.
    private IEnumerable<Guid?> ScopesOf(Guid excuse) => ticket!.Rejections
        .Select(r => PartId(excuse, r.EventId)).Prepend(excuse)
        .Where(scopes.ContainsKey).Select(id => scopes[id]);

    private Rejection Find(SoughtRejection sought, Rejection[] standing)
    {
        Rejection[] named = [.. standing.Where(r => r.EventId == sought.EventId)];
        Rejection[] alike = [.. standing.Where(r =>
            string.Equals(r.Label, sought.Label, StringComparison.OrdinalIgnoreCase))];
        Rejection[] same = [.. alike.Where(r => sought.At is { } at
            && (rejectedAt.GetValueOrDefault(r.EventId) - at).Duration() < TimeSpan.FromMilliseconds(1))];
        return named is [var it] ? it
            : same is [var then] ? then
            : alike is [var only] ? only
            : throw new InvalidFieldException("rejectionEventId", "is no rejection event of this ticket");
    }

    private static Guid PartId(Guid excuse, Guid rejection) =>
        DeterministicId.Of("excuse-of", excuse.ToString(), rejection.ToString());

    private void Add(Guid id, object data)
    {
        added.Add((id, data));
        Apply(id, data);
    }

    private void Apply(Guid id, object data)
    {
        ticket = Ticket.Evolve(ticket, ticketId, id, data);
        switch (data)
        {
            case RejectionsExcused e:
                scopes[id] = e.RejectionEventId;
                Note(excusedAt, e.RejectionEventId, e.OccurredAt);
                break;
            case ExcuseWithdrawn e:
                Note(withdrawnAt, e.RejectionEventId, e.OccurredAt);
                break;
            case TicketImported e:
                rejectedAt[id] = e.StatusAt;
                break;
            default:
                rejectedAt[id] = TicketEventFacts.Of(data).OccurredAt;
                break;
        }
    }

    private void Note(Dictionary<Guid, DateTimeOffset> instants, Guid? scope, DateTimeOffset at)
    {
        foreach (var rejection in ticket!.Rejections.Where(r => scope is null || r.EventId == scope))
        {
            instants[rejection.EventId] = at;
        }
    }
}
