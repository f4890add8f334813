using Performance.Contracts;
using Performance.Scoring;
using Performance.Scoring.Charts;
using Performance.Scoring.Feeds;
using Performance.Scoring.Live;
using Performance.Scoring.MyPerformance;
using Performance.Scoring.Pipeline;
using Performance.Scoring.Rejections;
using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.ServiceDefaults;
using Performance.ServiceDefaults.Bus;
using Performance.ServiceDefaults.Feeds;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddScoringStore();
builder.AddBus(bus =>
{
    bus.ConsumesFeed<TicketFact, TicketFactsHandler>("scoring", "tickets");
    bus.ConsumesFeed<ActivityFact, ActivityFactsHandler>("scoring", "activity");
    bus.ConsumesFeed<CoachingFact, CoachingFactsHandler>("scoring", "coaching");
});

var app = builder.Build();
app.UseServiceDefaults();
GetScorecard.Map(app);
GetTickets.Map(app);
GetGrade.Map(app);
GetHistory.Map(app);
GetFilters.Map(app);
GetPipeline.Map(app);
GetRejections.Map(app);
GetCompleted.Map(app);
GetCauses.Map(app);
GetPulse.Map(app);
MyEndpoints.Map(app);
GetStream.Map(app);
PublishPolicy.Map(app);
SimulatePolicy.Map(app);
GetPolicyMoves.Map(app);
ChangeSettings.Map(app);
await app.PrepareScoringAsync();
app.Run();
