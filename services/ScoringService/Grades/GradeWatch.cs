using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Performance.Scoring.Feeds;
using Performance.Scoring.Views;

namespace Performance.Scoring.Grades;

/// <summary>
/// Compares grades with what was written down of them, and writes down what agents are told. One replica at a time
/// looks; the expected version of each agent's stream makes sure that a move is told once, whoever looks, also while
/// the views are rebuilt and show an earlier day.
/// </summary>
internal sealed class GradeWatch(
    IDocumentStore store, ViewReader reader, NpgsqlDataSource database, IConfiguration configuration,
    TimeProvider clock, ILogger<GradeWatch> logger) : BackgroundService
{
    private readonly StandingStill still = new(SettleOf(configuration));
    private (long Position, DateOnly Day)? seen;

    /// <summary>Looks once.</summary>
    /// <returns>How many agents something was written down of.</returns>
    public async Task<int> LookAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var turn = await connection.BeginTransactionAsync(cancel);
        if (!await IsMyTurnAsync(connection, turn, cancel))
        {
            return 0;
        }

        await using var views = await reader.OpenAsync(cancel);
        var now = clock.GetUtcNow();
        var today = views.Settings.Zone.DayOf(now);
        if (seen == (views.Position, today))
        {
            return 0;
        }

        var known = await GradesView.ReadAsync(views, cancel);
        var current = await CurrentGrades.ReadAsync(views, today, cancel);
        AgentGrades StateOf(Guid agent) => known.TryGetValue(agent, out var k) ? k.State : AgentGrades.None;
        var differing = current.All.Where(g => TellGrades.Differs(StateOf(g.AgentId), g.Grade, today)).ToList();
        var settled = still.Of(differing, now);
        var decided = settled.GroupBy(g => g.AgentId, g => g.Grade)
            .Select(g => (
                Agent: g.Key, Version: known.TryGetValue(g.Key, out var k) ? k.Version : 0,
                Events: TellGrades.Decide(
                    StateOf(g.Key), g.Key, [.. g], (grade, version) => current.Under(g.Key, grade, version), today,
                    now)))
            .Where(d => d.Events.Count > 0).ToList();

        // Where all that differs waits for another day, nothing but an event can change that today.
        seen = settled.Count == differing.Count && decided.Count == 0 ? (views.Position, today) : null;
        return decided.Count > 0 && await WriteAsync(decided, cancel) ? decided.Count : 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SettleOf(configuration) / 4, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "Grades could not be compared with what agents know; looking again");
            }
        }
    }

    private async Task<bool> WriteAsync(
        IReadOnlyList<(Guid Agent, long Version, IReadOnlyList<object> Events)> decided, CancellationToken cancel)
    {
        await using var session = store.LightweightSession();
        foreach (var (agent, version, events) in decided)
        {
            var stream = StreamIds.Grades(agent);
            if (version == 0)
            {
                session.Events.StartStream(stream, events.ToArray());
            }
            else
            {
                session.Events.Append(stream, version + events.Count, events.ToArray());
            }
        }

        try
        {
            await session.SaveChangesAsync(cancel);
            return true;
        }
        catch (Exception e) when (e is ConcurrencyException or ExistingStreamIdCollisionException)
        {
            logger.LogInformation("The views are behind what is written down of grades; looking again");
            return false;
        }
    }

    /// <summary>How long a grade has to stand still; looked at four times as often.</summary>
    private static TimeSpan SettleOf(IConfiguration configuration) =>
        configuration.GetValue<TimeSpan?>("Grades:Settle") ?? TimeSpan.FromMinutes(2);

    private static async Task<bool> IsMyTurnAsync(
        NpgsqlConnection connection, NpgsqlTransaction turn, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_xact_lock(hashtext('grade_watch'))", connection, turn);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
