using Performance.ServiceDefaults.Commands;
using Performance.Portal.Show;

namespace Performance.Portal.OldFiles;

/// <summary>
/// Turns mapped entries into the document of a backup. Ids follow from the content, so that the same file, mapped in
/// the same way, always gives the same entries.
/// </summary>
internal sealed class OldConverter(OldDirectory directory, BusinessTime time)
{
    private const int MostLeftOut = 1000;

    /// <summary>Where the file does not say who it was.</summary>
    private const string Unnamed = "old portal";

    private readonly Dictionary<Guid, OldDocument.Person> _agents = [];
    private readonly SortedSet<string> _newNames = [];
    private readonly Dictionary<Guid, OldDocument.CoachingLog> _logs = [];
    private readonly Dictionary<(Guid, string), OldDocument.Attended> _attendance = [];
    private readonly Dictionary<Guid, OldDocument.RampPlan> _ramps = [];
    private readonly Dictionary<Guid, OldDocument.Override> _overrides = [];
    private readonly OldWorkLog _work = new();
    private readonly List<OldConversion.Left> _left = [];
    private int _leftCount;

    /// <summary>Tickets whose ids the conversion can use, each once.</summary>
    public static IReadOnlyList<(string Source, string Number)> TicketsIn(IEnumerable<OldMapping> mappings) =>
    [
        .. mappings.Where(m => m.Section == OldSection.CoachingLogs)
            .SelectMany(m => m.Of.Rows.Select(
                row => (m.Text(row, OldSections.Source), m.Text(row, OldSections.Ticket))))
            .Where(t => t is ({ }, { })).Select(t => (t.Item1!, t.Item2!)).Distinct()
    ];

    public OldConversion Convert(IEnumerable<OldMapping> mappings)
    {
        foreach (var mapping in mappings.Where(m => m.Section != OldSection.None && m.Missing.Count == 0))
        {
            foreach (var (index, row) in mapping.Of.Rows.Index())
            {
                Take(new OldReader(mapping, row, time), mapping.Section, index);
            }
        }

        var data = new OldDocument(
            time.Now, [.. _agents.Values.OrderBy(a => a.Name, StringComparer.Ordinal)], [.. _logs.Values],
            [.. _attendance.Values], [.. _ramps.Values], [.. _overrides.Values], _work.Days);
        return new OldConversion(data, _left, _leftCount, [.. _newNames]);
    }

    private void Take(OldReader entry, OldSection section, int index)
    {
        try
        {
            switch (section)
            {
                case OldSection.CoachingLogs:
                    TakeLog(entry);
                    break;
                case OldSection.Overrides:
                    TakeOverride(entry);
                    break;
                case OldSection.Attendance:
                    var month = entry.Month(OldSections.Month);
                    var attended = new OldDocument.Attended(
                        Agent(entry), month, entry.Percent(), entry.Text(OldSections.By) ?? Unnamed,
                        entry.At(month + "-01"));
                    _attendance[(attended.AgentId, month)] = attended;
                    break;
                case OldSection.RampPlans:
                    var hired = entry.Month(OldSections.Hire);
                    var agent = Agent(entry);
                    _ramps[agent] = new OldDocument.RampPlan(
                        agent, hired, entry.Text(OldSections.By) ?? Unnamed, entry.At(hired + "-01"));
                    break;
                case OldSection.Productivity or OldSection.DayNotes:
                    _work.Take(entry, section, Agent(entry));
                    break;
            }
        }
        catch (OldReader.NotReadException e)
        {
            _leftCount++;
            if (_left.Count < MostLeftOut)
            {
                _left.Add(new OldConversion.Left(entry.Place, index, e.Of.Label, e.Message));
            }
        }
    }

    private void TakeLog(OldReader entry)
    {
        var number = entry.Text(OldSections.Ticket);
        var ticket = number is null ? null : directory.Tickets.GetValueOrDefault(
            (entry.Text(OldSections.Source) ?? "", number));
        var date = entry.Day();
        var (notes, item, by) = (entry.Required(OldSections.Notes), entry.Text(OldSections.Item),
            entry.Text(OldSections.By) ?? Unnamed);
        var agent = entry.Text(OldSections.Agent) is null && ticket?.AgentId is { } assigned
            ? assigned
            : Agent(entry);
        var id = DeterministicId.Of(
            "old-portal", "coaching", entry.Text(OldSections.Agent) ?? "", number ?? "", $"{date:O}", notes, item ?? "",
            by);
        // A session can only name a ticket that is here; the number of another one is kept in its words.
        var told = number is not null && ticket is null ? $"Ticket {number}: {notes}" : notes;
        _logs[id] = new OldDocument.CoachingLog(
            id, agent, ticket?.Id, ticket is null ? null : number, date, told,
            item is null ? null : new OldDocument.Item(item, "agent"), by,
            entry.At($"{date:O}"));
    }

    private void TakeOverride(OldReader entry)
    {
        var (source, number) = (entry.Required(OldSections.Source), entry.Required(OldSections.Ticket));
        var (reason, by) = (entry.Required(OldSections.Reason), entry.Text(OldSections.By) ?? Unnamed);
        var at = entry.At(null);
        var id = DeterministicId.Of("old-portal", "override", source, number, reason, by, $"{at.ToUniversalTime():O}");
        var ticket = new OldDocument.TicketRef(
            DeterministicId.Of("old-portal", "ticket", source, number), source, number);
        _overrides[id] = new OldDocument.Override(id, ticket, reason, by, at);
    }

    private Guid Agent(OldReader entry)
    {
        var name = entry.Required(OldSections.Agent);
        var key = OldDirectory.Key(name);
        if (!directory.Agents.TryGetValue(key, out var person))
        {
            var id = DeterministicId.Of("old-portal", "agent", key);
            person = _agents.GetValueOrDefault(id) ?? new OldDocument.Person(id, name);
            _newNames.Add(person.Name);
        }

        // As the directory spells it: an old spelling must not rename anybody.
        _agents[person.Id] = person;
        return person.Id;
    }
}
