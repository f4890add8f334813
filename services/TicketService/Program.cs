using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults;
using Performance.ServiceDefaults.Bus;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Feeds;
using Performance.Tickets;
using Performance.Tickets.Activity;
using Performance.Tickets.Backups;
using Performance.Tickets.Feeds;
using Performance.Tickets.Imports;
using Performance.Tickets.Overrides;
using Performance.Tickets.Store;
using Performance.Tickets.Sync;
using Performance.Tickets.WorkLog;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

var database = NpgsqlDataSource.Create(
    builder.Configuration.GetConnectionString("tickets")
    ?? throw new InvalidOperationException("The connection string 'tickets' is missing."));
builder.Services.AddSingleton(database);
builder.Services.AddMarten(options => TicketStore.Configure(options, database))
    .UseLightweightSessions()
    .ApplyAllDatabaseChangesOnStartup()
    .AddAsyncDaemon(DaemonMode.HotCold)
    .PublishFeed(TicketFeed.Definition)
    .PublishFeed(ActivityFeed.Definition)
    .PublishFeed(AssigneeFeed.Definition(database))
    .PublishFeed(RecordFeed.Definition(database));
builder.AddBus(bus =>
{
    bus.PublishesFeed<TicketFact>();
    bus.PublishesFeed<ActivityFact>();
    bus.PublishesFeed<AssigneeFact>();
    bus.PublishesFeed<RecordFact>();
    bus.ConsumesFeed<CoachingFact, CoachingFacts>("tickets", "coaching");
});
builder.Services.AddSingleton<AgentDirectory>();
builder.Services.AddTickets().AddOverrides().AddImports(builder.Configuration).AddSync(builder.Configuration)
    .AddBackup().AddSingleton<ActivityIntake>().AddSingleton<GetWorkDays>();

var app = builder.Build();
app.UseServiceDefaults();
app.MapTickets();
app.MapOverrides();
app.MapImports();
PostActivity.Map(app);
app.MapWorkLog();
app.MapSync();
ImportBackup.Map(app);

await TicketTables.CreateAsync(database, app.Lifetime.ApplicationStopping);
await app.CreateFeedTablesAsync(app.Lifetime.ApplicationStopping);
await OverrideTables.FillAsync(app.Services, app.Lifetime.ApplicationStopping);
await app.RunAsync();
