using System.Text.Json.Nodes;
using Performance.Testing.Running;

namespace Performance.SystemTests.TheDemo;

/// <summary>
/// Works a receipt out again from its counts and the policy's numbers, as somebody with pencil and paper would: shares
/// nothing with the service but the JSON.
/// </summary>
internal sealed class NaiveReceipt(JsonNode receipt, JsonNode policy)
{
    private const string Letters = "ABCD";

    private readonly JsonNode inputs = receipt["inputs"]!;

    public void ShouldRecompute()
    {
        RatesFollowFromCounts();
        PointsFollowFromRates();
        GradeFollowsFromFailedRate();
    }

    private void RatesFollowFromCounts()
    {
        var allocated = inputs.Int("allocated");
        Same("firstPassRate", Percent(inputs.Int("firstPass"), allocated));
        Same("rejectRate", Percent(inputs.Int("rejected"), allocated));
        Same("reRejectionRate", Percent(inputs.Int("reRejected"), allocated));
        var failed = inputs.Int("failedFirstPass");
        Same("failedFirstPassRate", Percent(
            failed,
            policy.Text("failedFirstPassDenominator") == "Allocated" ? allocated : failed + inputs.Int("firstPass")));
    }

    private void PointsFollowFromRates()
    {
        decimal total = 0, measured = 0;
        foreach (var (name, bands, atLeast) in ((string, string, bool)[])
            [
                ("firstPassRate", "firstPassFrom", true), ("reRejectionRate", "reRejectionUpTo", false),
                ("rejectRate", "rejectUpTo", false), ("attendance", "attendanceFrom", true)
            ])
        {
            decimal points = 0;
            if (inputs.Decimal(name) is { } value)
            {
                // From the worst band to the best: the last that holds counts.
                foreach (var band in policy[bands]!["bands"]!.AsArray().Reverse().Select(band => band!))
                {
                    var limit = band.Decimal("limit")!.Value;
                    points = (atLeast ? Tenths(value) >= limit : Tenths(value) <= limit)
                        ? band.Decimal("points")!.Value : points;
                }

                measured += policy[bands]!.Decimal("max")!.Value;
            }

            Component(name, points);
            total += points;
        }

        var productivity = 0m;
        if (inputs.Decimal("dailyAvg") is { } average && inputs.Decimal("target") is { } target)
        {
            var most = policy.Decimal("productivityMax")!.Value;
            productivity = average >= target ? most : average / target * most;
            measured += most;
        }

        Component("productivity", productivity);
        Equal("score", total + productivity, receipt.Decimal("score"));
        Equal("measuredMax", measured, receipt.Decimal("measuredMax"));
        Assert.Equal(
            measured < 100 ? null
                : Letter("scoreFrom", "scoreBeyond", limit => Tenths(total + productivity) >= limit),
            receipt.Text("scoreBand"));
    }

    private void GradeFollowsFromFailedRate()
    {
        if (inputs.Decimal("failedFirstPassRate") is not { } failed)
        {
            Assert.Equal((null, null, 0), (receipt.Text("grade"), receipt.Text("baseGrade"), receipt.Int("drop")));
            return;
        }

        var baseGrade = Letter("gradeUpTo", "gradeBeyond", limit => Tenths(failed) <= limit)!;
        var drop = 0;
        if (inputs.Decimal("attendance") is { } attendance)
        {
            drop = policy.Int("dropBelow");
            foreach (var step in policy["attendanceDrops"]!.AsArray().Reverse())
            {
                drop = Tenths(attendance) >= step!.Decimal("from") ? step!.Int("drop") : drop;
            }
        }

        var grade = Letters[Math.Min(Letters.IndexOf(baseGrade, StringComparison.Ordinal) + drop, 3)].ToString();
        Assert.Equal(
            (baseGrade, drop, grade), (receipt.Text("baseGrade"), receipt.Int("drop"), receipt.Text("grade")));
    }

    private string? Letter(string bands, string beyond, Func<decimal, bool> holds) =>
        policy[bands]!.AsArray().FirstOrDefault(band => holds(band!.Decimal("limit")!.Value))?.Text("grade")
        ?? policy.Text(beyond);

    private void Component(string name, decimal points)
    {
        var component = receipt["components"]!.AsArray().Single(c => c!.Text("name") == name)!;
        Equal(name, points, component.Decimal("points"));
        Equal(name, inputs.Decimal(name == "productivity" ? "dailyAvg" : name), component.Decimal("value"));
    }

    private void Same(string rate, decimal? expected) => Equal(rate, expected, inputs.Decimal(rate));

    private static void Equal(string what, decimal? expected, decimal? actual) =>
        Assert.Equal((what, Rounded(expected)), (what, Rounded(actual)));

    /// <summary>The order of divisions shows in the last of the digits that a decimal has.</summary>
    private static decimal? Rounded(decimal? value) => value is { } v ? Math.Round(v, 15) : null;

    private static decimal? Percent(int part, int whole) => whole == 0 ? null : 100m * part / whole;

    /// <summary>One decimal, half away from zero; nothing here is below zero.</summary>
    private static decimal Tenths(decimal value) => Math.Floor((value * 10) + 0.5m) / 10;
}
