using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.AsOf;

/// <summary>Events between then and now, and the numbers that they moved, in words.</summary>
public static class PastWords
{
    public static string Of(PastEvent e) => e.Kind switch
    {
        "opened" => $"Ticket became known, {e.What}",
        "assigned" => "Assigned to somebody else",
        "statusChanged" => $"Status: {e.What}",
        "reclassified" => $"Type or state: {e.What}",
        "rejected" => $"Rejected: {e.What}",
        "rejectionTakenBack" => "Rejection label removed",
        "excused" => $"Excused: {e.What}",
        "excuseWithdrawn" => $"Excuse withdrawn: {e.What}",
        "statusClassesDefined" => $"Statuses of {e.What} are read in another way",
        "recordsMerged" => "Two records were merged into one person",
        "attendanceNoted" => $"Attendance: {e.What}",
        "rampPlanned" => string.IsNullOrEmpty(e.What) ? "No ramp plan any more" : $"Hire month: {e.What}",
        "dayLogged" => $"Work logged, {e.What} entries",
        "dayCleared" => $"Work log cleared, {e.What}",
        "sessionHeld" => $"Coaching session, {e.What}",
        "policyPublished" => $"Score policy, version {e.What}",
        "settingsChanged" => $"Settings: dates fall in {e.What}",
        "monthClosed" => $"Month closed: {e.What}",
        "monthReopened" => $"Month opened again: {e.What}",
        var other => other
    };

    /// <summary>The scorecard's own name of a number.</summary>
    public static string NameOf(string number) =>
        ScorecardColumn.All.FirstOrDefault(column => column.Id == number)?.Name ?? number switch
        {
            "closed" => "Closed",
            "target" => "Daily target",
            "measuredMax" => "Score measured of",
            "scoreBand" => "Score band",
            "baseGrade" => "Base grade",
            _ => number
        };

    public static string Value(System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Number => Numbers.Count(decimal.Round(
            value.GetDecimal(), 1, MidpointRounding.AwayFromZero)),
        System.Text.Json.JsonValueKind.String => value.GetString()!,
        _ => Numbers.Dash
    };
}
