namespace Performance.Demo;

/// <summary>Calls as they come in, at a gentle rate, for as long as the demo runs.</summary>
internal sealed class StreamActivity(DemoSettings settings, TimeProvider clock)
{
    public async Task RunAsync(
        Session integration, IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        if (settings.CallsPerMinute <= 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1 / settings.CallsPerMinute), clock);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var random = Random.Shared;
            // Every third call is the signed-in agent's, so that the page of the demo's agent moves.
            var rep = random.Happens(0.33) ? Organisation.Agent : random.Pick(Organisation.Reps);
            var now = clock.GetUtcNow();
            var contact = WorkingDay.Contact($"live-{Guid.NewGuid():n}", agents[rep.Name], now, random)
                .Where(happened => happened.Time <= now.AddMinutes(2))
                .Select(happened => happened with { Time = now });
            await LoadHistory.PostAsync(integration, contact, cancel);
        }
    }
}
