using Performance.Portal.Api;
using Refit;

namespace Performance.Portal.Sessions;

/// <summary>The API as the signed-in person may use it.</summary>
public sealed class GatewayClients(GatewayConnection connection, PortalSession session) : IDisposable
{
    private readonly HttpClient _http = connection.ClientFor(session);

    public IScoringApi Scoring => field ??= For<IScoringApi>();

    public ISupervisionApi Supervision => field ??= For<ISupervisionApi>();

    public IPastApi Past => field ??= For<IPastApi>();

    public IChartsApi Charts => field ??= For<IChartsApi>();

    public IMyPerformanceApi MyPerformance => field ??= For<IMyPerformanceApi>();

    public ITicketsApi Tickets => field ??= For<ITicketsApi>();

    public IOverridesApi Overrides => field ??= For<IOverridesApi>();

    public IImportsApi Imports => field ??= For<IImportsApi>();

    public ISyncApi Sync => field ??= For<ISyncApi>();

    public IBackupApi Backup => field ??= For<IBackupApi>();

    public IWorkLogApi WorkLog => field ??= For<IWorkLogApi>();

    public ICoachingApi Coaching => field ??= For<ICoachingApi>();

    public INotificationsApi Notifications => field ??= For<INotificationsApi>();

    public IPolicyApi Policies => field ??= For<IPolicyApi>();

    public ISettingsApi Settings => field ??= For<ISettingsApi>();

    public IReviewsApi Reviews => field ??= For<IReviewsApi>();

    public IDepartmentApi Department => field ??= For<IDepartmentApi>();

    public IUsersApi Users => field ??= For<IUsersApi>();

    public void Dispose() => _http.Dispose();

    private T For<T>() => RestService.For<T>(_http, GatewayJson.Settings);
}
