using System.Text;
using System.Text.Json;
using Performance.Portal.OldFiles;
using Performance.Portal.Show;
using Performance.ServiceDefaults.Backups;

namespace Performance.Portal;

public sealed class Old_files_become_backups
{
    private static readonly Guid Jasmin = Guid.Parse("11111111-0000-4000-8000-000000000001");
    private static readonly Guid Ticket = Guid.Parse("33333333-0000-4000-8000-000000000003");

    private static readonly BusinessTime Time =
        new(TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"), TimeProvider.System);

    private static readonly OldDirectory Directory = new(
        OldDirectory.ByName([new(Jasmin, "Jasmin Reyes"), new(Guid.NewGuid(), "Ann"), new(Guid.NewGuid(), "ann")]),
        new Dictionary<(string, string), OldDirectory.Known>
        {
            [("clickup", "TT-100003")] = new(Ticket, Jasmin)
        });

    [Fact]
    public void Every_part_goes_to_its_section_of_the_document()
    {
        var data = Convert(BackupFiles.Old).Data;
        var zoe = data.Agents.Single(a => a.Name == "Zoe New").Id;
        Assert.Equal("Jasmin Reyes", data.Agents.Single(a => a.Id == Jasmin).Name);
        var log = Assert.Single(data.CoachingLogs);
        Assert.Equal(
            (Jasmin, Ticket, "TT-100003", new DateOnly(2026, 10, 5), "Check the fee twice.", "Send two examples",
                "Sam"),
            (log.AgentId, log.TicketId!.Value, log.TicketName, log.Date, log.Notes, log.ActionItem!.Text, log.By));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1791223200000), log.At);
        var excuse = Assert.Single(data.Overrides);
        Assert.Equal(("clickup", "TT-100004", "County error"),
            (excuse.Ticket.Source, excuse.Ticket.ExternalId, excuse.Reason));
        Assert.Equal([(Jasmin, "2026-09", 95m), (Jasmin, "2026-10", 89m)],
            data.Attendance.Select(a => (a.AgentId, a.Month, a.Percent)));
        Assert.Equal((zoe, "2026-08"), (data.RampPlans.Single().AgentId, data.RampPlans.Single().HireMonth));
        var day = Assert.Single(data.Productivity);
        Assert.Equal((zoe, new DateOnly(2026, 11, 2), "Slow day.", 2),
            (day.AgentId, day.Date, day.Notes, day.Entries.Count));
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_by_place_and_reason()
    {
        var conversion = Convert(BackupFiles.Old);
        var left = Assert.Single(conversion.LeftOut);
        Assert.Equal(("attendance › each key › each key", 2, "Percent", "is no number from 0 to 100: “often”"),
            (left.Place, left.Index, left.Field, left.Reason));
        Assert.Equal(["Zoe New"], conversion.NewNames);
    }

    [Fact]
    public void The_same_file_gives_the_same_ids_whatever_the_order_of_its_entries()
    {
        const string Rows =
            """
            { "coachingLogs": [{ "agent": "Zoe", "date": "2026-01-05", "notes": "A" },
                               { "agent": "Zoe", "date": "2026-01-05", "notes": "B" }],
              "overrides": [{ "ticket": "T1", "reason": "x", "at": "2026-01-05" }],
              "worklog": [{ "agent": "Zoe", "date": "2026-01-05", "vin": "V1" },
                          { "agent": "Zoe", "date": "2026-01-05", "vin": "V1" }] }
            """;
        var turned = Rows.Replace("\"A\"", "\"C\"").Replace("\"B\"", "\"A\"").Replace("\"C\"", "\"B\"");
        var (first, second) = (Ids(Convert(Rows).Data), Ids(Convert(turned).Data));
        Assert.Equal(5, first.Distinct().Count());
        Assert.Equal(first.Order(), second.Order());
    }

    [Fact]
    public void Without_an_instant_an_entry_is_as_old_as_its_month_so_that_newer_records_stay() => Assert.Equal(
        new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.FromHours(-7)),
        Convert("""{ "attendance": { "Ann Lee": { "2026-09": 95 } } }""").Data.Attendance.Single().At);

    [Fact]
    public void A_name_that_two_people_have_is_nobody_known() =>
        Assert.Equal(["Ann"], Convert("""{ "ramp": [{ "agent": "Ann", "hired": "2026-09" }] }""").NewNames);

    [Fact]
    public void A_session_without_an_agent_is_about_whoever_has_its_ticket() => Assert.Equal(
        Jasmin,
        Convert("""{ "coaching": { "TT-100003": [{ "date": "2026-01-05", "notes": "Fees" }] } }""")
            .Data.CoachingLogs.Single().AgentId);

    [Fact]
    public void The_number_of_a_ticket_that_is_not_here_stays_in_the_notes()
    {
        var log = Convert("""{ "coaching": { "TT-9": [{ "agent": "Zoe", "date": "2026-01-05", "notes": "Fees" }] } }""")
            .Data.CoachingLogs.Single();
        Assert.Equal((null, null, "Ticket TT-9: Fees"), (log.TicketId, log.TicketName, log.Notes));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("12/31/9999, 11:59:59 PM")]
    [InlineData("99999999999999999999")]
    [InlineData("soon")]
    public void Impossible_dates_are_left_out(string date)
    {
        var conversion = Convert(
            $$"""
            { "coaching": [{ "agent": "A", "date": "{{date}}", "notes": "x" },
                { "agent": "A", "date": "2026-01-05", "notes": "y" },
                { "agent": "A", "date": "Jan 6, 2026", "notes": "z" }] }
            """);
        Assert.Equal((2, 1), (conversion.Data.CoachingLogs.Count, conversion.LeftOutCount));
    }

    [Fact]
    public void The_document_is_in_the_form_of_a_backup()
    {
        var bytes = Convert(BackupFiles.Old).Data.ToJson();
        var read = JsonSerializer.Deserialize<PortalData>(bytes, PortalData.Json)!;
        Assert.Equal((PortalData.FormatName, PortalData.SchemaVersion), (read.Format, read.Version));
        Assert.Equal((2, 1, 2, 1, 1, 1), (read.Agents!.Count, read.CoachingLogs!.Count, read.Attendance!.Count,
            read.RampPlans!.Count, read.Overrides!.Count, read.Productivity!.Count));
        Assert.Equal(89, read.Attendance[1]!.Percent);
        Assert.Equal("TT-100004", read.Overrides[0]!.Ticket!.ExternalId);
        Assert.All(
            new[] { read.CoachingLogs[0]!.At, read.Attendance[0]!.At, read.RampPlans[0]!.At, read.Overrides[0]!.At,
                read.Productivity[0]!.At },
            at => PortalFields.Instant("at", at, DateTimeOffset.MaxValue.AddYears(-1)));
        var json = JsonDocument.Parse(bytes).RootElement;
        Assert.Equal(
            ["format", "version", "exportedAt", "agents", "coachingLogs", "attendance", "rampPlans", "overrides",
                "productivity"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2026-11-02", json.GetProperty("productivity")[0].GetProperty("date").GetString());
    }

    private static IEnumerable<string> Ids(OldDocument data) =>
    [
        .. data.CoachingLogs.Select(l => $"{l.Id}"), .. data.Overrides.Select(o => $"{o.Id}"),
        .. data.Productivity.SelectMany(d => d.Entries).Select(e => e.Id)
    ];

    private static OldConversion Convert(string text)
    {
        var mappings = SectionGuess.Of(OldFile.Read(Encoding.UTF8.GetBytes(text)));
        return new OldConverter(Directory, Time).Convert(mappings);
    }
}
