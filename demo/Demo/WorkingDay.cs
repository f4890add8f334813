namespace Performance.Demo;

/// <summary>What a rep does on one day: made up, and the same whenever it is asked for.</summary>
internal static class WorkingDay
{
    public static readonly IReadOnlyList<string> ServiceTypes =
        ["Meter exchange", "New connection", "Move out", "Billing review", "Outage report"];

    public static readonly IReadOnlyList<string> Categories =
        ["Billing", "Waiting time", "Field visit", "Website", "Courtesy"];

    public static IEnumerable<CloudEvent> Of(Rep rep, Guid id, DateOnly day, TimeZoneInfo zone)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            yield break;
        }

        var random = Chance.Of(rep.UserName, day.DayNumber);
        if (random.Happens(0.04))
        {
            yield break; // on leave
        }

        // Mondays are busy; and reps get a little better over the months.
        var pace = rep.Pace * (day.DayOfWeek == DayOfWeek.Monday ? 1.2 : 1) * (0.8 + (random.NextDouble() * 0.4));
        var calls = Math.Max(6, (int)Math.Round(pace));
        for (var n = 0; n < calls; n++)
        {
            var minute = (8 * 60) + 15 + ((n * 500 + random.Next(500)) / calls);
            var at = At(day, minute, random.Next(60), zone);
            foreach (var happened in Contact($"{rep.UserName}-{day:yyyyMMdd}-{n}", id, at, random))
            {
                yield return happened;
            }
        }
    }

    /// <summary>A call and what came of it; services and complaints may end hours or days later.</summary>
    public static IEnumerable<CloudEvent> Contact(string key, Guid rep, DateTimeOffset at, Random random)
    {
        yield return CloudEvent.Call(key, rep, at, 90 + random.Next(600), random.Next(120));
        if (random.Happens(0.45))
        {
            var amount = Math.Round((decimal)Math.Exp(5.2 + (random.NextDouble() * 2.6)), 2);
            yield return CloudEvent.Payment(key + "-p", rep, at.AddSeconds(20), amount, key);
        }

        if (random.Happens(0.36))
        {
            var type = random.Pick(ServiceTypes);
            yield return CloudEvent.Service(key + "-s", rep, at.AddSeconds(40), type, completed: false);
            if (random.Happens(0.85))
            {
                var done = at.AddMinutes(30 + random.Next(2_000));
                yield return CloudEvent.Service(key + "-s", rep, done, type, completed: true);
            }
        }

        if (random.Happens(0.14))
        {
            var category = random.Pick(Categories);
            yield return CloudEvent.Complaint(key + "-c", rep, at.AddSeconds(60), category, resolved: false);
            if (random.Happens(0.8))
            {
                var done = at.AddMinutes(45 + random.Next(4_000));
                yield return CloudEvent.Complaint(key + "-c", rep, done, category, resolved: true);
            }
        }
    }

    public static DateTimeOffset At(DateOnly day, int minute, int second, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(minute / 60, minute % 60, second));
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
