using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    /// <summary>The settings of scoring, as they were saved last.</summary>
    public ScoringSettings Settings { get; set; } = new(
        "America/Los_Angeles", false, ["Mon", "Tue", "Wed", "Thu", "Fri"], 1, [], 3);

    private void MapSettings(RouteTable routes)
    {
        routes.Map("GET", "/api/scoring/settings", _ => Settings);
        routes.Map("PUT", "/api/scoring/settings", ChangeSettingsAsync);
    }

    private string CategoryOf(string label) =>
        Settings.DefectCategories.FirstOrDefault(g => g.Labels.Contains(label))?.Category ?? label;

    private async Task<object?> ChangeSettingsAsync(HttpContext http)
    {
        var change = await http.BodyAsync<SettingsChange>();
        var expected = http.Request.Headers.IfMatch.ToString().Trim('"');
        if (expected.Length > 0 && expected != Settings.Version.ToString())
        {
            return Results.Problem(statusCode: 412, title: "It has changed since you read it.");
        }

        if (change.BusinessZone is { } zone && !zone.Contains('/'))
        {
            return RequestReading.Invalid("businessZone", "is not an IANA time zone such as America/Los_Angeles");
        }

        Settings = new ScoringSettings(
            change.BusinessZone ?? Settings.BusinessZone,
            change.SupervisorsSeeRepDashboards ?? Settings.SupervisorsSeeRepDashboards,
            change.WorkingWeekdays ?? Settings.WorkingWeekdays,
            change.FinancialYearStart ?? Settings.FinancialYearStart,
            change.DefectCategories ?? Settings.DefectCategories, Settings.Version + 1);
        return new CommandAnswer((int)Settings.Version, NextPosition());
    }
}
