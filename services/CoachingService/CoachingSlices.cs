using Performance.Coaching.Agents;
using Performance.Coaching.Attendance;
using Performance.Coaching.Backups;
using Performance.Coaching.Goals;
using Performance.Coaching.Records;
using Performance.Coaching.Reviews;
using Performance.Coaching.Sessions;

namespace Performance.Coaching;

/// <summary>The service's use cases, in one list.</summary>
internal static class CoachingSlices
{
    public static void MapCoaching(this IEndpointRouteBuilder routes)
    {
        var coaching = routes.MapGroup("/api/coaching");
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
        ExportBackup.Map(coaching);
        ImportBackup.Map(coaching);
        ReadMirror.Map(coaching);
    }

    public static IServiceCollection AddBackup(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(MirrorSettings.From(configuration))
            .AddSingleton<MirrorState>()
            .AddSingleton<ImportBackup>()
            .AddHostedService<MirrorWorker>();
}
