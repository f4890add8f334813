using System.Text;
using Performance.Portal.OldFiles;

namespace Performance.Portal;

public sealed class Old_files_are_understood
{
    [Theory]
    [InlineData("""{ "Ann Lee": { "2026-01": 95, "2026-02": 88 }, "Bob": { "2026-01": 100 } }""")]
    [InlineData("""{ "2026-01": { "Ann Lee": 95, "Bob": 100 }, "2026-02": { "Ann Lee": 88 } }""")]
    [InlineData("""{ "Ann Lee|2026-01": 95, "Ann Lee|2026-02": 88, "Bob|2026-01": 100 }""")]
    [InlineData("""
        [{ "agent": "Ann Lee", "month": "Jan 2026", "percent": "95%" },
         { "agent": "Ann Lee", "month": "02/2026", "percent": 88 },
         { "agent": "Bob", "month": "2026-01", "percent": 100 }]
        """)]
    [InlineData("""[{ "name": "Ann Lee", "2026-01": 95, "2026-02": 88 }, { "name": "Bob", "2026-01": 100 }]""")]
    [InlineData("""
        { "Ann Lee": [{ "month": "2026-01", "attendance": 95 }, { "month": "2026-02", "attendance": 88 }],
          "Bob": [{ "month": "2026-01", "attendance": 100 }] }
        """)]
    public void Attendance_by_agent_and_month_in_whatever_nesting(string attendance)
    {
        var mapping = Guess($$"""{ "v": 2, "attendance": {{attendance}} }""").Single(m =>
            m.Section == OldSection.Attendance);
        Assert.Empty(mapping.Missing);
        Assert.Equal(["Ann Lee 01 95", "Ann Lee 02 88", "Bob 01 100"], mapping.Of.Rows.Select(row =>
            $"{mapping.Text(row, OldSections.Agent)} "
            + $"{OldCell.Month(mapping.Text(row, OldSections.Month)!, i => i.UtcDateTime)![5..]} "
            + $"{OldCell.Percent(mapping.Text(row, OldSections.Percent)!)}").Order());
    }

    [Theory]
    [InlineData("""{ "TT-1": [{ "agent": "Ann", "date": "2026-01-05", "supervisor": "Sam", "notes": "Fees" }] }""")]
    [InlineData("""
        [{ "taskId": "TT-1", "assignee": "Ann", "date": "1/5/2026", "loggedBy": "Sam", "coachingNotes": "Fees" }]
        """)]
    [InlineData("""
        { "TT-1": { "taskName": "Title", "assignee": "Ann", "sessions": [
            { "date": "2026-01-05T20:00:00Z", "coach": "Sam", "note": "Fees", "action": { "text": "Call" } }] } }
        """)]
    public void Coaching_logs_under_tickets_in_lists_and_inside_tickets(string logs)
    {
        var mapping = Guess($$"""{ "coaching": {{logs}} }""").Single(m => m.Section == OldSection.CoachingLogs);
        var row = mapping.Of.Rows.Single();
        Assert.Empty(mapping.Missing);
        Assert.Equal(("Ann", "TT-1", "Fees", "Sam"), (mapping.Text(row, OldSections.Agent),
            mapping.Text(row, OldSections.Ticket), mapping.Text(row, OldSections.Notes),
            mapping.Text(row, OldSections.By)));
    }

    [Theory]
    [InlineData("""{ "Ann Lee": { "2026-11-02": { "notes": "Slow", "rows": [{ "vin": "V1", "state": "Done" }] } } }""")]
    [InlineData("""{ "Ann Lee": [{ "date": "11/2/2026", "vin": "V1", "status": "Done" }] }""")]
    [InlineData("""{ "Ann Lee": { "2026-11-02": [{ "Access ID / VIN": "V1", "Status": "Done" }] } }""")]
    [InlineData("""[{ "rep": "Ann Lee", "day": "Nov 2, 2026", "tasks": [{ "access_id": "V1", "status": "Done" }] }]""")]
    public void Work_by_agent_and_day(string log)
    {
        var mapping = Guess($$"""{ "productivity": {{log}} }""").Single(m => m.Section == OldSection.Productivity);
        var row = mapping.Of.Rows.Single();
        Assert.Equal(("Ann Lee", new DateOnly(2026, 11, 2), "V1", "Done"), (mapping.Text(row, OldSections.Agent),
            OldCell.Day(mapping.Text(row, OldSections.Date)!, i => i.UtcDateTime),
            mapping.Text(row, OldSections.Access), mapping.Text(row, OldSections.Status)));
    }

    [Fact]
    public void Each_part_of_one_file_is_told_from_the_others()
    {
        var mappings = Guess(BackupFiles.Old);
        Assert.Equal(
            ["attendance{}{} Attendance", "coachingLogs{}[] CoachingLogs",
                "overrides{} Overrides", "productivity[] DayNotes", "productivity[].rows[] Productivity",
                "rampPlans{} RampPlans"],
            mappings.Select(m => $"{m.Of.Path} {m.Section}").Order(StringComparer.Ordinal));
        Assert.All(mappings, m => Assert.Empty(m.Missing));
    }

    [Fact]
    public void Json_as_text_as_a_browser_stores_it_is_unpacked() => Assert.Equal(
        OldSection.RampPlans,
        Guess("""{ "tt_ramp": "[{\"agent\":\"Ann\",\"hireMonth\":\"2026-03\"}]", "tt_theme": "dark" }""")
            .Single().Section);

    [Fact]
    public void What_nobody_knows_is_left_out_and_can_be_chosen_with_one_value_for_all()
    {
        var mapping = Guess("""{ "board": [{ "who": "Ann", "p": 95 }, { "who": "Bob", "p": 88 }] }""").Single();
        Assert.Equal(OldSection.None, mapping.Section);
        mapping.Become(OldSection.Attendance);
        Assert.Equal(["agent", "month", "percent"], mapping.Missing.Select(f => f.Name));
        mapping.UseColumn(OldSections.Agent, "who");
        mapping.UseColumn(OldSections.Percent, "p");
        mapping.UseColumn(OldSections.Month, "no such column");
        Assert.Equal(["month"], mapping.Missing.Select(f => f.Name));
        mapping.UseFixed(OldSections.Month, "2026-01");
        Assert.Empty(mapping.Missing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1, \"a\", null, true, [], [[]]]")]
    [InlineData("{ \"a\": ")]
    [InlineData("{ \"coachingLogs\": { \"a\": 1, \"b\": { } } }")]
    [InlineData("{ \"a\\ud800\": [{ \"b\": 1 }] }")]
    [InlineData("[{ \"a\": \"\\udc00\" }]")]
    public void What_cannot_be_used_is_said_in_words(string text) =>
        Assert.NotNull(OldFile.Read(Encoding.UTF8.GetBytes(text)).Problem);

    [Fact]
    public void Depth_size_and_number_are_bounded()
    {
        Assert.Contains("nested", Read(new string('[', 100_000)).Problem);
        Assert.Contains("nested", Read(string.Concat(Enumerable.Repeat("{\"a\":", 50))).Problem);
        Assert.Contains("entries", Read($"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 300_001))}]").Problem);
        Assert.Contains("million", Read($"[{string.Join(',', Enumerable.Repeat("1", 4_000_001))}]").Problem);
        Assert.Contains("UTF-8", OldFile.Read(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }).Problem);
        Assert.Contains("MB", OldFile.Read(new byte[OldFile.LargestSize + 1]).Problem);
    }

    [Fact]
    public void A_backup_of_this_portal_is_none_of_them() =>
        Assert.True(Read("\uFEFF" + """{ "version": 1, "format": "performance-portal-data" }""").IsBackup);

    [Theory]
    [InlineData("""[{ "date": { "x": 1 }, "notes": ["a"], "agent": 7, "2026-01": { "y": [{}] } }]""")]
    [InlineData("""{ "coachingLogs": [{ "date": [], "notes": {} }, 5, null, "x", [{ "a": {} }]], "x": { "": { } } }""")]
    [InlineData("""{ "overrides": { "": { "reason": null }, "9": { "reason": { "reason": { "reason": "r" } } } } }""")]
    public void Wrong_types_inside_are_no_trouble(string text)
    {
        foreach (var mapping in SectionGuess.Of(Read(text)))
        {
            foreach (var section in OldSections.Each)
            {
                mapping.Become(section);
                Assert.All(mapping.Of.Columns, c => Assert.All(mapping.Of.Rows, row => row.Text(c)));
            }
        }
    }

    private static IReadOnlyList<OldMapping> Guess(string text) => SectionGuess.Of(Read(text));

    private static OldFile Read(string text) => OldFile.Read(Encoding.UTF8.GetBytes(text));
}
