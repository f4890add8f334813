using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Exceptions;
using Npgsql;
using Performance.Scoring.AsOf;
using Performance.Scoring.Feeds;
using Performance.Scoring.Grades;
using Performance.Scoring.Live;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Feeds;
using Performance.ServiceDefaults;

namespace Performance.Scoring;

/// <summary>The store of Scoring, its one projection, and the tables beside it.</summary>
internal static class ScoringStore
{
    private const int Stretch = 20_000;

    public static void AddScoringStore(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString("scoring")
            ?? throw new InvalidOperationException("The connection string 'scoring' is missing.");
        var services = builder.Services;
        services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        services.AddSingleton<AgentDirectory>();
        services.AddSingleton<ViewReader>();
        services.AddSingleton<AtLeast>();
        services.AddSingleton<AsOfReader>();
        services.AddSingleton<LiveHub>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveHub>());
        services.AddMarten(provider => Options(provider.GetRequiredService<NpgsqlDataSource>()))
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup()
            .AddAsyncDaemon(DaemonMode.HotCold)
            .PublishFeed(GradeFeed.Definition);
        services.AddHostedService<GradeWatch>();
    }

    /// <summary>Tables beside the store, and what exists from the beginning. Before anything is served.</summary>
    public static async Task PrepareScoringAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        var cancel = app.Lifetime.ApplicationStopping;
        await app.CreateFeedTablesAsync(cancel);
        await ViewTables.CreateAsync(database, cancel);
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await BeginAsync(store, StreamIds.Policies, new PolicyPublished(
            1, DateOnly.MinValue, ScorePolicy.Default, "system", now), cancel);
        await BeginAsync(store, StreamIds.Settings, new SettingsChanged(
            ScoringSettings.Default, "system", now), cancel);
    }

    private static StoreOptions Options(NpgsqlDataSource database)
    {
        var options = new StoreOptions();
        options.Connection(database);
        options.UseSystemTextJsonForSerialization();
        options.Events.AppendMode = EventAppendMode.Quick;
        options.UsePerformanceConventions();
        ScoringEvents.MapTo(options);
        options.Projections.Add(
            new ScoringViews(database), ProjectionLifecycle.Async, ScoringViews.Name, async =>
            {
                async.BatchSize = Stretch;
                async.MaximumHopperSize = 2 * Stretch;
                foreach (var table in ViewTables.Names)
                {
                    async.DeleteDataInTableOnTeardown(table);
                }
            });
        return options;
    }

    /// <summary>The first event of a stream, unless it is there: the same on every start and replica.</summary>
    private static async Task BeginAsync(IDocumentStore store, Guid stream, object first, CancellationToken cancel)
    {
        await using var session = store.LightweightSession();
        if (await session.Events.FetchStreamStateAsync(stream, cancel) is not null)
        {
            return;
        }

        session.Events.StartStream(stream, first);
        try
        {
            await session.SaveChangesAsync(cancel);
        }
        catch (Exception e) when (e is ConcurrencyException or ExistingStreamIdCollisionException)
        {
            // Another replica was first.
        }
    }
}
