using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using Performance.Scoring.Agents;
using Performance.Scoring.Grades;
using Performance.Scoring.Live;
using Performance.Scoring.Months;
using Performance.Scoring.MyPerformance;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.Views;

/// <summary>
/// The one projection of Scoring: flat tables in batches. One, so that all views stand at one position, a query's
/// <c>position</c> says all, and the announcements' ids only grow (docs/adr/0051).
/// </summary>
internal sealed class ScoringViews(NpgsqlDataSource database) : IProjection
{
    public const string Name = "ScoringViews";

    /// <summary>Its row in <c>mt_event_progression</c>.</summary>
    public const string Shard = $"{Name}:All";

    public async Task ApplyAsync(
        IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        if (events.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (await ViewTables.DefinitionAsync(connection, cancellation) != ViewTables.Definition)
        {
            throw new InvalidOperationException(
                "The views belong to another version of this service, which has been started beside it.");
        }

        var ceiling = events[^1].Sequence;
        var batch = new ViewBatch(connection, operations, ceiling);
        var facts = events.Select(e => e.Data).ToList();
        await SettingsView.ApplyAsync(batch, facts, cancellation);
        await TicketView.ApplyAsync(batch, facts, cancellation);
        RecordsView.Apply(batch, facts);
        MonthsView.Apply(batch, facts);
        FrameView.Apply(batch, events);
        await GradesView.ApplyAsync(batch, events, cancellation);
        await RepView.ApplyAsync(batch, facts, cancellation);
        if (batch.Changes.Any)
        {
            batch.Queue("select pg_notify(?, ?)", Topics.Channel, batch.Changes.Payload(ceiling));
        }
    }
}
