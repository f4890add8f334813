using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>Loads the organisation with its tickets and their story. Loading it again changes nothing.</summary>
internal sealed class LoadDemo(
    DemoSettings settings,
    LoadOrganisation organisation,
    ImportTickets import,
    LoadCoaching coaching,
    LoadSessions sessions,
    LoadJudgements judgements,
    LoadDisputes disputes,
    LoadReviews reviews,
    TimeProvider clock,
    ILogger<LoadDemo> logger)
{
    public static void AddTo(IServiceCollection services, DemoSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<GatewayClient>()
        .AddSingleton<LoadOrganisation>()
        .AddSingleton<ImportTickets>()
        .AddSingleton<LoadCoaching>()
        .AddSingleton<LoadSessions>()
        .AddSingleton<LoadJudgements>()
        .AddSingleton<LoadDisputes>()
        .AddSingleton<LoadReviews>()
        .AddSingleton<LoadDemo>();

    /// <returns>The agent id of each name.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> RunAsync(Session admin, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), settings.TimeZone).DateTime);
        await organisation.TeamsAsync(admin, cancel);
        await import.RunAsync(admin, cancel);
        var agents = await organisation.AgentsAsync(admin, cancel);
        await organisation.UsersAsync(admin, agents, cancel);
        logger.LogInformation("The demo's sign-ins are ready: supervisor, lead, head, agent and seven more agents");
        var loaded = await coaching.RunAsync(agents, today, cancel);
        await sessions.RunAsync(agents, today, cancel);
        await judgements.RunAsync(admin, today, loaded, cancel);
        await disputes.RunAsync(cancel);
        await reviews.RunAsync(today, cancel);
        logger.LogInformation("Coached, disputed and reviewed: every page has something to show");
        return agents;
    }
}
