using System.Globalization;

namespace Performance.Demo;

/// <summary>
/// Weekly reviews: the supervisor's of last week is complete and this week's begun; the team lead's of last week was
/// left half done.
/// </summary>
internal sealed class LoadReviews(DemoSettings settings, GatewayClient gateway)
{
    private static readonly IReadOnlyDictionary<int, string> Notes = new Dictionary<int, string>
    {
        [2] = "Two tickets wait for the county; called, answer by Thursday",
        [4] = "Wrong VIN leads: asked the dealers for photographs",
        [7] = "Grace and Deepa: talks held, next ones in two weeks"
    };

    public async Task RunAsync(DateOnly today, CancellationToken cancel)
    {
        var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
        await StepsAsync(supervisor, Week(today.AddDays(-7)), 9, cancel);
        await StepsAsync(supervisor, Week(today), 3, cancel);
        await StepsAsync(gateway.SignIn("lead", settings.DemoPassword), Week(today.AddDays(-7)), 5, cancel);
    }

    private static async Task StepsAsync(Session who, string week, int steps, CancellationToken cancel)
    {
        for (var step = 1; step <= steps; step++)
        {
            await who.PostAsync(
                $"api/coaching/weekly-reviews/{week}/steps/{step}",
                new { done = true, note = Notes.GetValueOrDefault(step) }, cancel, $"demo-review-{week}-{step}");
        }
    }

    private static string Week(DateOnly day)
    {
        var at = day.ToDateTime(default);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(at):D4}-W{ISOWeek.GetWeekOfYear(at):D2}");
    }
}
