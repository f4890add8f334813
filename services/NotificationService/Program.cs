using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using Performance.Contracts;
using Performance.Notifications;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Email;
using Performance.Notifications.Inbox;
using Performance.Notifications.Intake;
using Performance.Notifications.Templates;
using Performance.ServiceDefaults;
using Performance.ServiceDefaults.Bus;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Feeds;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
var database = builder.Configuration.GetConnectionString("notifications")
    ?? throw new InvalidOperationException("The connection string 'notifications' is missing.");
builder.Services.AddSingleton(NpgsqlDataSource.Create(database));
builder.Services.AddMarten(options =>
    {
        options.Connection(database);
        options.UsePerformanceConventions();
        NotificationStore.Configure(options);
    })
    .UseLightweightSessions()
    .ApplyAllDatabaseChangesOnStartup()
    .AddAsyncDaemon(DaemonMode.HotCold);
builder.Services.AddSingleton<AgentDirectory>();
builder.AddDeliveries();
builder.AddBus(bus =>
{
    bus.ConsumesFeed<TicketFact, TicketFactsHandler>("notifications", "tickets");
    bus.ConsumesFeed<GradeFact, GradeFactsHandler>("notifications", "grades");
    bus.ConsumesFeed<CoachingFact, CoachingFactsHandler>("notifications", "coaching");
});

var app = builder.Build();
app.UseServiceDefaults();
var notifications = app.MapGroup("/api/notifications");
ReadInbox.Map(notifications);
MarkRead.Map(notifications);
WatchInbox.Map(notifications);
ReadDeliveries.Map(notifications);
SendAgain.Map(notifications);
ChangePreferences.Map(notifications);
ReadTemplates.Map(notifications);
await app.CreateFeedTablesAsync(app.Lifetime.ApplicationStopping);
await NotificationTables.CreateAsync(
    app.Services.GetRequiredService<NpgsqlDataSource>(), app.Lifetime.ApplicationStopping);
await app.RunAsync();
