namespace Performance.Demo;

/// <summary>
/// The sample of "My performance": January 2024 with $285,340, 156 services, 89 complaints and 432 calls, and its week
/// of 22 January day by day.
/// </summary>
internal static class JanuarySample
{
    private const int Calls = 432;
    private const int Dollars = 285_340;
    private const int Services = 156;
    private const int Complaints = 89;

    private static readonly (int Day, int Calls, int Dollars, int Services)[] Week =
        [(22, 24, 15_240, 8), (23, 19, 12_180, 6), (24, 22, 18_940, 9), (25, 20, 14_560, 7), (26, 18, 13_280, 5)];

    private static readonly int[] OtherDays = [2, 3, 4, 5, 8, 9, 10, 11, 12, 16, 17, 18, 19, 29, 30, 31];

    public static IEnumerable<CloudEvent> Of(Guid rep, TimeZoneInfo zone)
    {
        var calls = Shares(Calls - Week.Sum(d => d.Calls), OtherDays.Length);
        var dollars = Shares(Dollars - Week.Sum(d => d.Dollars), OtherDays.Length);
        var services = Shares(Services - Week.Sum(d => d.Services), OtherDays.Length);
        var days = OtherDays.Select((day, i) => (Day: day, Calls: calls[i], Dollars: dollars[i], Services: services[i]))
            .Concat(Week).ToList();
        var complaints = Shares(Complaints, days.Count);
        return days.SelectMany((d, i) => Day(rep, new DateOnly(2024, 1, d.Day), zone, d.Calls, d.Dollars, d.Services,
            complaints[i]));
    }

    private static IEnumerable<CloudEvent> Day(
        Guid rep, DateOnly day, TimeZoneInfo zone, int calls, int dollars, int services, int complaints)
    {
        var key = $"sample-{day:yyyyMMdd}";
        var payments = Shares(dollars, 7);
        return Enumerable.Range(0, calls).Select(n => CloudEvent.Call($"{key}-{n}", rep, Time(n, calls), 240 + n, n))
            .Concat(payments.Select((amount, n) =>
                CloudEvent.Payment($"{key}-p{n}", rep, Time(n, 7), amount, $"{key}-{n}")))
            .Concat(Enumerable.Range(0, services).SelectMany(n => (CloudEvent[])
            [
                CloudEvent.Service($"{key}-s{n}", rep, Time(n, services), Type(n), completed: false),
                CloudEvent.Service($"{key}-s{n}", rep, Time(n, services).AddMinutes(40), Type(n), completed: true)
            ]))
            .Concat(Enumerable.Range(0, complaints).SelectMany(n => (CloudEvent[])
            [
                CloudEvent.Complaint($"{key}-c{n}", rep, Time(n, complaints), Category(n), resolved: false),
                CloudEvent.Complaint(
                    $"{key}-c{n}", rep, Time(n, complaints).AddMinutes(90), Category(n), resolved: true)
            ]));

        DateTimeOffset Time(int n, int of) => WorkingDay.At(day, (8 * 60) + 30 + (n * 480 / of), 0, zone);
        string Type(int n) => WorkingDay.ServiceTypes[(day.Day + n) % WorkingDay.ServiceTypes.Count];
        string Category(int n) => WorkingDay.Categories[(day.Day + n) % WorkingDay.Categories.Count];
    }

    /// <summary>Whole parts, as even as they go, that add up to the total.</summary>
    private static int[] Shares(int total, int parts) =>
        [.. Enumerable.Range(0, parts).Select(n => (total * (n + 1) / parts) - (total * n / parts))];
}
