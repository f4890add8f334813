using Marten;
using Performance.ServiceDefaults.Directory;

namespace Performance.Notifications.Deliveries;

/// <summary>Who an agent is now, after merges, and how they want to be reached.</summary>
internal sealed class Recipients(AgentDirectory directory)
{
    /// <summary>The record under which the agent goes now; null: not known yet.</summary>
    public async ValueTask<DirectoryEntry?> RootAsync(Guid agentId, CancellationToken cancel)
    {
        var all = await directory.AllAsync(cancel);
        var entry = all.GetValueOrDefault(agentId);

        // A merge into a record that was merged itself: the mirror keeps chains short, but is read between commits.
        for (var steps = 0; entry?.MergedInto is { } kept && steps < all.Count; steps++)
        {
            entry = all.GetValueOrDefault(kept);
        }

        return entry;
    }

    /// <summary>The agent's own record and those merged into it: their inboxes are one.</summary>
    public async ValueTask<IReadOnlySet<Guid>> FamilyAsync(Guid agentId, CancellationToken cancel)
    {
        var root = (await RootAsync(agentId, cancel))?.AgentId ?? agentId;
        var all = await directory.AllAsync(cancel);
        return all.Values.Where(e => e.MergedInto == root).Select(e => e.AgentId).Append(root).Append(agentId)
            .ToHashSet();
    }

    public async ValueTask<(DirectoryEntry? Recipient, DeliveryPreferences Preferences)> FindAsync(
        Guid agentId, IQuerySession session, CancellationToken cancel)
    {
        var recipient = await RootAsync(agentId, cancel);
        var preferences = await session.LoadAsync<DeliveryPreferences>(
            StreamIds.Preferences(recipient?.AgentId ?? agentId), cancel);
        return (recipient, preferences ?? DeliveryPreferences.Usual);
    }
}
