using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.Kills;

/// <summary>kill -9, and the wait until the AppHost has put another process in the place.</summary>
internal static class Killer
{
    /// <summary>The victims in turn: each by how it is found.</summary>
    public static IReadOnlyList<(string Name, Func<RunningSystem, SystemProcess?> Find)> Victims { get; } =
    [
        ("ScoringService", s => s.ProcessOf("ScoringService")), ("TicketService", s => s.ProcessOf("TicketService")),
        ("RabbitMQ", s => s.RabbitMq), ("PostgreSQL", s => s.Postgres)
    ];

    /// <param name="system">The system.</param>
    /// <param name="find">The victim.</param>
    /// <param name="moment">Returns when it is to happen; null: at once.</param>
    /// <returns>When it was killed.</returns>
    public static async Task<DateTimeOffset> KillAsync(
        RunningSystem system, Func<RunningSystem, SystemProcess?> find, Func<Task>? moment = null)
    {
        var victim = await Eventually.ValueAsync(() => Task.FromResult(find(system)), p => p is { IsAlive: true });
        await (moment?.Invoke() ?? Task.CompletedTask);
        victim!.Kill();
        var killed = TimeProvider.System.GetUtcNow();
        await Eventually.Async(() => !victim.IsAlive);
        await Eventually.Async(
            () => find(system) is { IsAlive: true } next && next.Id != victim.Id, TimeSpan.FromMinutes(1),
            $"another process in the place of {victim.CommandLine[..Math.Min(80, victim.CommandLine.Length)]}");
        return killed;
    }
}
