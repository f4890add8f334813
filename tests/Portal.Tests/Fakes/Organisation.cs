using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

/// <summary>Made-up people and tickets; the numbers of the scorecard are counted from the tickets.</summary>
internal sealed class Organisation
{
    public static readonly Guid Jasmin = new("11111111-0000-4000-8000-000000000001");

    private static readonly string[] Names =
    [
        "Jasmin Reyes", "Alejandro Ortega-Villanueva", "Beth Anglin", "Charlie Whitherspoon", "David Loo",
        "Don Goodliffe", "Fred Luddy", "Grace Hopper-Mainwaring", "Howard Johnson", "Ines Duarte", "Jerrod Bennett",
        "Kenji Watanabe", "Luke Wilson", "Mei Chen", "Natasha Ingram", "Olu Adeyemi", "Priya Raman", "Quentin Blake"
    ];

    private static readonly string[] Types =
        ["Title transfer", "Registration renewal", "Duplicate title", "Lien release"];
    private static readonly string[] States = ["California", "Texas", "Florida", "New York", "Oregon"];
    private static readonly string[] Labels = ["Missing signature", "Wrong fee", "Bad VIN", "Expired form"];

    public Organisation()
    {
        Agents = [.. Names.Select((name, i) => new Agent(
            i == 0 ? Jasmin : new Guid($"11111111-0000-4000-8000-{i + 1:D12}"), name, Mail(name),
            i < 10 ? "titles" : "tags", "operations", "US", true, null))];
        var random = new Random(7);
        for (var i = 0; i < 1400; i++)
        {
            Tickets.Add(Make(i, random));
        }

        Disputes = [.. Disagreements.Of(Tickets, NameOf)];
        Overrides = [.. Disagreements.Overrides(Tickets, NameOf)];
    }

    public List<Agent> Agents { get; }

    public List<Team> Teams { get; } =
        [new("titles", "Titles", "operations", null), new("tags", "Tags and renewals", "operations", "Cases")];

    public List<Department> Departments { get; } = [new("operations", "Operations")];

    public List<FakeTicket> Tickets { get; } = [];

    public List<Dispute> Disputes { get; }

    public List<OverrideLine> Overrides { get; }

    public Dictionary<(Guid, string), decimal> Attendance { get; } = new() { [(Jasmin, "2026-10")] = 89 };

    public Dictionary<Guid, string?> Ramp { get; } = [];

    public Dictionary<string, List<Goal>> Goals { get; } = [];

    public Dictionary<(Guid, string), WorkDay> Log { get; } = [];

    public List<CoachingSession> Sessions { get; } = [];

    /// <summary>By user name and week.</summary>
    public Dictionary<(string, string), List<ReviewTick>> Reviews { get; } = [];

    public List<InboxEntry> Inbox { get; } =
    [
        new(new Guid("22222222-0000-4000-8000-000000000001"), "ticket-assigned",
            new Guid("33333333-0000-4000-8000-000000000003"), "TT-100003", "Title transfer for California",
                "supervisor",
            new(2026, 11, 20, 17, 5, 0, TimeSpan.Zero), null),
        new(new Guid("22222222-0000-4000-8000-000000000002"), "ticket-assigned",
            new Guid("33333333-0000-4000-8000-000000000004"), "TT-100004", "Lien release for Texas", "supervisor",
            new(2026, 11, 19, 21, 40, 0, TimeSpan.Zero), new(2026, 11, 19, 22, 0, 0, TimeSpan.Zero)),
        new(new Guid("22222222-0000-4000-8000-000000000003"), "grade-moved", null, null, null, null,
            new(2026, 11, 18, 17, 30, 0, TimeSpan.Zero), new(2026, 11, 18, 18, 0, 0, TimeSpan.Zero),
            [new(new(2026, 11, 1), "C", "B", "Work"), new(new(2026, 10, 1), "B", "A", "Policy")])
    ];

    public List<ImportRun> Imports { get; } =
    [
        new(new Guid("44444444-0000-4000-8000-000000000001"), "Completed", null, 100, 141712, 24918, 93_610, 23_184, 0,
            0,
            "event-log", "servicenow", "incident_event_log.zip", 3_120_400, "UTF-8", "supervisor",
            new(2026, 11, 18, 16, 2, 0, TimeSpan.Zero), new(2026, 11, 18, 16, 3, 0, TimeSpan.Zero)),
        new(new Guid("44444444-0000-4000-8000-000000000002"), "Completed", null, 100, 1_402, 1_388, 0, 0, 12, 2,
            "clickup", "clickup", "tt-tasks-2026-11.csv", 912_400, "Windows-1252", "admin",
            new(2026, 11, 17, 9, 30, 0, TimeSpan.Zero), new(2026, 11, 17, 9, 30, 4, TimeSpan.Zero))
    ];

    public List<SignIn> SignIns { get; } =
    [
        new("admin", "The admin", ["admin"], null, [], null), new("agent", "Jasmin Reyes", ["agent"], Jasmin, [], null),
        new("supervisor", "Sam Perez", ["supervisor"], null, ["titles", "tags"], null)
    ];

    public List<ApiKey> Keys { get; } =
        [new("77777777-0000-4000-8000-000000000001", "Telephony", "admin", new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero))];

    public decimal Payments { get; set; } = 285_340;

    public decimal Calls { get; set; } = 432;

    public string? NameOf(Guid? agent) => Agents.FirstOrDefault(a => a.Id == agent)?.Name;

    private static string Mail(string name) => name.ToLowerInvariant().Replace(' ', '.') + "@example.org";

    private FakeTicket Make(int i, Random random)
    {
        var created = new DateTimeOffset(
            2026, 1 + random.Next(11), 1 + random.Next(20), 16, random.Next(60), 0, TimeSpan.Zero);
        var closed = random.Next(100) < 82;
        var rejections = random.Next(100) switch { < 90 => 0, < 98 => 1, _ => 2 };
        return new FakeTicket
        {
            Id = new Guid($"33333333-0000-4000-8000-{i:D12}"),
            ExternalId = $"TT-{100000 + i}",
            Agent = i % 60 == 0 ? null : Agents[random.Next(Agents.Count)].Id,
            Type = Types[random.Next(Types.Length)],
            State = States[random.Next(States.Length)],
            Status = closed ? "Closed" : random.Next(3) == 0 ? "On Hold" : "In Progress",
            Created = created,
            Closed = closed ? created.AddDays(1 + random.NextDouble() * 12) : null,
            Rejections = [.. Enumerable.Range(0, rejections).Select(n => new FakeRejection(
                Guid.NewGuid(), Labels[random.Next(Labels.Length)], created.AddDays(n + 1)))]
        };
    }
}

internal sealed class FakeTicket
{
    public required Guid Id { get; init; }

    public required string ExternalId { get; init; }

    public Guid? Agent { get; set; }

    public required string Type { get; init; }

    public required string State { get; init; }

    public required string Status { get; set; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Closed { get; set; }

    public required List<FakeRejection> Rejections { get; init; }

    public bool Excused { get; set; }

    public string? ExcuseReason { get; set; }

    public string? ExcusedBy { get; set; }

    /// <summary>The days on which something happened to it.</summary>
    public IEnumerable<string> Days => Rejections.Select(r => r.At).Append(Created).Append(Closed ?? Created)
        .Select(at => at.ToString("yyyy-MM-dd")).Distinct();

    public long Version { get; set; } = 3;

    public int Counting => Excused ? 0 : Rejections.Count;
}

internal sealed record FakeRejection(Guid EventId, string Label, DateTimeOffset At);
