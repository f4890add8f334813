using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.MyPerformance;

/// <summary>Whose dashboard is asked for, and whether the asker may see it. Refusals are logged.</summary>
internal static class RepAccess
{
    /// <summary>The kept record of the rep.</summary>
    /// <param name="http">The request.</param>
    /// <param name="repId">From the path; null: the signed-in rep.</param>
    /// <param name="views">Merges and settings.</param>
    /// <param name="directory">Teams.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<Guid> RepAsync(
        HttpContext http, string? repId, ViewSnapshot views, AgentDirectory directory, CancellationToken cancel)
    {
        var user = CurrentUser.From(http.User);
        Guid? self = user.AgentId is { } own ? views.Merges.Kept(own) : null;
        if (repId is null)
        {
            return self ?? throw new ForbiddenException("You have no representative's record of your own.");
        }

        var rep = views.Merges.Kept(Input.Id("repId", repId));
        if (rep == self)
        {
            return rep;
        }

        // Not for admins either: only the rep, and supervisors where the setting allows it.
        var supervises = user.IsSupervisor && views.Settings.SupervisorsSeeRepDashboards
            && await directory.FindAsync(rep, cancel) is { TeamId: { } team } && user.Teams.Contains(team);
        return supervises ? rep : throw new ForbiddenException("This dashboard belongs to somebody else.");
    }
}
