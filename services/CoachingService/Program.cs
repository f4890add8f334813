using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using Performance.Coaching;
using Performance.Coaching.Agents;
using Performance.Coaching.Attendance;
using Performance.Coaching.Goals;
using Performance.Coaching.Records;
using Performance.Coaching.Reviews;
using Performance.Coaching.Sessions;
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
});

var app = builder.Build();
app.UseServiceDefaults();
var coaching = app.MapGroup("/api/coaching");
ChangeAgent.Map(coaching);
MergeAgents.Map(coaching);
ReadAgents.Map(coaching);
ChangeTeam.Map(coaching);
ChangeDepartment.Map(coaching);
ReadTeams.Map(coaching);
RecordAttendance.Map(coaching);
ReadAttendance.Map(coaching);
SetRampPlan.Map(coaching);
SetGoal.Map(coaching);
ReadGoals.Map(coaching);
RecordSession.Map(coaching);
AnswerSession.Map(coaching);
ReadSessions.Map(coaching);
PrintRecord.Map(coaching);
MarkStep.Map(coaching);
ReadWeeklyReview.Map(coaching);
await app.CreateFeedTablesAsync(app.Lifetime.ApplicationStopping);
await app.RunAsync();
