using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary>
/// <c>POST agents/merge</c>: two records are one person. Both stay findable; history follows the kept one.
/// </summary>
internal static class MergeAgents
{
    internal sealed record Body(string? Keep, string? Merge);

    public static IReadOnlyList<object> Decide(
        AgentMerges? state, Guid keep, Guid merge, string by, DateTimeOffset now)
    {
        var merges = state ?? AgentMerges.None;
        if (keep == merge)
        {
            throw new DomainException("A record cannot be merged into itself.");
        }

        // A circle would need the kept record to have been merged away before.
        return merges.IsMerged(merge) ? throw IsMerged(merges.Root(merge))
            : merges.IsMerged(keep) ? throw IsMerged(merges.Root(keep))
            : [new AgentsMerged(keep, merge, by, now)];
    }

    public static DomainException IsMerged(Guid kept) => new(
        "This record was merged into another one.", new Dictionary<string, object?> { ["mergedInto"] = kept });

    public static void Map(RouteGroupBuilder group) => group.MapPost("/agents/merge", (
            Body body, HttpContext http, IDocumentStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var keep = Input.Id("keep", body.Keep);
            var merge = Input.Id("merge", body.Merge);
            var user = CurrentUser.From(http.User);
            return CommandEndpoint.RunAsync<AgentMerges>(
                http, store, EventStoreId.Coaching, StreamIds.Merges, async (state, session, stop) =>
                {
                    Permit(user, await Organisation.LoadAsync(session, stop), keep, merge);
                    return Decide(state, keep, merge, user.UserName, clock.GetUtcNow());
                }, cancel);
        }).RequireAuthorization(Policies.Supervision);

    /// <summary>
    /// Records that imports made have no team yet: a supervisor may merge them into an agent of theirs.
    /// </summary>
    private static void Permit(CurrentUser user, Organisation organisation, Guid keep, Guid merge)
    {
        organisation.Supervised(user, keep);
        if (!organisation.Supervises(user, merge) && organisation.Agent(merge).TeamId is not null)
        {
            throw new ForbiddenException("The record to merge belongs to another team.");
        }

        organisation.Agent(merge);
    }
}
