using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using Performance.Coaching;
using Performance.Coaching.Agents;
using Performance.Coaching.Backups;
using Performance.Contracts;
using Performance.ServiceDefaults;
using Performance.ServiceDefaults.Bus;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Feeds;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
var database = builder.Configuration.GetConnectionString("coaching")
    ?? throw new InvalidOperationException("The connection string 'coaching' is missing.");
builder.Services.AddSingleton(NpgsqlDataSource.Create(database));
builder.Services.AddMarten(options =>
    {
        options.Connection(database);
        options.UsePerformanceConventions();
        CoachingStore.Configure(options);
    })
    .UseLightweightSessions()
    .ApplyAllDatabaseChangesOnStartup()
    .AddAsyncDaemon(DaemonMode.HotCold)
    .PublishFeed(CoachingFeed.Definition);
builder.AddBus(bus =>
{
    bus.PublishesFeed<CoachingFact>();
    bus.ConsumesFeed<AssigneeFact, DiscoverAssignees>("coaching", "assignees");
    bus.ConsumesFeed<RecordFact, KeepRecords>("coaching", "records");
});
builder.Services.AddBackup(builder.Configuration);

var app = builder.Build();
app.UseServiceDefaults();
app.MapCoaching();
await app.CreateFeedTablesAsync(app.Lifetime.ApplicationStopping);
await BackupTables.CreateAsync(
    app.Services.GetRequiredService<NpgsqlDataSource>(), app.Lifetime.ApplicationStopping);
await app.RunAsync();
