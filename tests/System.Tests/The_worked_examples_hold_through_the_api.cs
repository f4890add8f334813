using Performance.ServiceDefaults.Identity;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests;

/// <summary>The goldens of scorecard.md, from events to what a client reads.</summary>
[Collection("2 Worked examples")]
public sealed class The_worked_examples_hold_through_the_api
{
    private static readonly DateTimeOffset March = new(2025, 3, 12, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Jasmin_Reyes_scores_82_85_band_C_and_has_grade_B()
    {
        var admin = (await People.AllAsync()).Admin;
        // 97.6 % first pass, 1.7 % rejected, 0.5 % re-rejected; the rest is still open.
        var log = new EventLog("golden-reyes")
            .Add(976, "Jasmin Reyes", March, "Open", "Done")
            .Add(12, "Jasmin Reyes", March, "Open", "Done", "Open", "Done")
            .Add(5, "Jasmin Reyes", March, "Open", "Done", "Open", "Done", "Open", "Done")
            .Add(7, "Jasmin Reyes", March, "Open");
        await admin.ImportAsync("reyes.csv", log.Bytes, log.Mapping);
        var jasmin = await admin.AgentAsync("Jasmin Reyes");
        await admin.PutAsync($"/api/coaching/attendance/{jasmin}/2025-03", new { percent = 89 });
        var self = await People.UserAsync(admin, "jasmin", [Roles.Agent], jasmin);
        for (var day = 0; day < 10; day++)
        {
            var entries = Enumerable.Range(0, day < 7 ? 18 : 17).Select(n => new
            {
                id = Guid.NewGuid(), accessId = $"VIN{day}{n}", status = "Done", client = "Harbor Motors", comments = ""
            });
            await self.PutAsync($"/api/worklog/{jasmin}/2025-03-{3 + day:00}", new { notes = "", entries });
        }

        var row = (await Eventually.ValueAsync(
            () => admin.ScorecardAsync($"month=2025-03&assignee={jasmin}"),
            card => card.RowOf(jasmin) is { } r && r.Int("allocated") == 1_000 && r.Decimal("dailyAvg") == 17.7m
                && r.Decimal("attendance") == 89)).RowOf(jasmin)!;
        Assert.Equal(
            (97.6m, 1.7m, 0.5m, 20m),
            (row.Decimal("firstPassRate"), row.Decimal("rejectRate"), row.Decimal("reRejectionRate"),
                row.Decimal("target")));
        Assert.Equal((82.85m, 100m, "C"), (row.Decimal("score"), row.Decimal("measuredMax"), row.Text("scoreBand")));
        Assert.Equal(("A", "B"), (row.Text("baseGrade"), row.Text("grade")));

        var receipt = await self.GetAsync($"/api/scoring/agents/{jasmin}/grade?month=2025-03");
        Assert.Equal(
            ("B", "A", 1, 82.85m),
            (receipt.Text("grade"), receipt.Text("baseGrade"), receipt.Int("drop"), receipt.Decimal("score")));
        Assert.Equal(82.85m, receipt["components"]!.AsArray().Sum(c => c!.Decimal("points")));
    }

    [Fact]
    public async Task Failing_1_5_percent_with_attendance_70_is_a_C()
    {
        var admin = (await People.AllAsync()).Admin;
        var log = new EventLog("golden-absent")
            .Add(197, "Absent Golden", March, "Open", "Done")
            .Add(3, "Absent Golden", March, "Open", "Done", "Open", "Done");
        await admin.ImportAsync("absent.csv", log.Bytes, log.Mapping);
        var agent = await admin.AgentAsync("Absent Golden");
        await admin.PutAsync($"/api/coaching/attendance/{agent}/2025-03", new { percent = 70 });
        var receipt = await Eventually.ValueAsync(
            () => admin.GetAsync($"/api/scoring/agents/{agent}/grade?month=2025-03"),
            r => r.Text("grade") == "C" && r.Int("drop") == 2);
        Assert.Equal("A", receipt.Text("baseGrade"));
        var row = (await admin.ScorecardAsync($"month=2025-03&assignee={agent}")).RowOf(agent)!;
        Assert.Equal((1.5m, "C"), (row.Decimal("failedFirstPassRate"), row.Text("grade")));
    }
}
