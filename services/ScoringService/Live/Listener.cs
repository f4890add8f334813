using Performance.Scoring.Settings;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Live;

/// <summary>Which keys somebody may hear of, at the moment of telling.</summary>
internal sealed class Listener(CurrentUser user, AgentDirectory directory, LiveHub hub)
{
    private IReadOnlyDictionary<Guid, DirectoryEntry>? known;
    private HashSet<string> own = [];

    /// <summary>The keys that can concern somebody who sees only own data; null for those who oversee others.</summary>
    public async ValueTask<IReadOnlySet<string>?> OwnKeysAsync(CancellationToken cancel)
    {
        if (user.IsAdmin || user.IsSupervisor || user.IsDepartmentHead)
        {
            return null;
        }

        var all = await directory.AllAsync(cancel);
        if (user.AgentId is { } self && !ReferenceEquals(all, known))
        {
            var kept = Kept(all, self);
            own = [self.ToString(), .. all.Keys.Where(id => Kept(all, id) == kept).Select(id => id.ToString())];
            known = all;
        }

        return own;
    }

    public async Task<string[]> MayHearAsync(string topic, string[] keys, CancellationToken cancel)
    {
        if (topic is Topics.Policies or Topics.Settings)
        {
            return user.IsAdmin ? keys : [];
        }

        if (topic == Topics.Reviews)
        {
            // A week says nothing about anybody; whose reviews one may read is decided where they are read.
            return user.IsAdmin || user.IsSupervisor || user.IsDepartmentHead ? keys : [];
        }

        var all = await directory.AllAsync(cancel);
        var visible = topic == Topics.My
            ? Reps(all, hub.Settings)
            : await directory.VisibleToAsync(user, cancel);
        return
        [
            .. keys.Select(key => Guid.TryParse(key, out var agent) ? Kept(all, agent) : key).Distinct()
                .Where(key => key == Changes.All || visible is null
                    || (Guid.TryParse(key, out var agent) && visible.Contains(agent)))
        ];
    }

    /// <summary>The reps whose dashboard the listener may see.</summary>
    private HashSet<Guid> Reps(IReadOnlyDictionary<Guid, DirectoryEntry> all, ScoringSettings settings)
    {
        var reps = new HashSet<Guid>();
        if (user.AgentId is { } self)
        {
            reps.Add(Guid.Parse(Kept(all, self)));
        }

        if (user.IsSupervisor && settings.SupervisorsSeeRepDashboards)
        {
            reps.UnionWith(all.Values.Where(a => a.TeamId is { } team && user.Teams.Contains(team))
                .Select(a => a.AgentId));
        }

        return reps;
    }

    private static string Kept(IReadOnlyDictionary<Guid, DirectoryEntry> all, Guid agent)
    {
        for (var hops = 0; hops < 10 && all.GetValueOrDefault(agent)?.MergedInto is { } kept; hops++)
        {
            agent = kept;
        }

        return agent.ToString();
    }
}
