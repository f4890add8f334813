using FsCheck;
using FsCheck.Fluent;
using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Merging_agents
{
    private static readonly Guid[] Agents = [.. Enumerable.Range(1, 8).Select(i => new Guid(i, 0, 0, new byte[8]))];
    private static readonly (Guid A, Guid B, Guid C) Three = (Agents[0], Agents[1], Agents[2]);

    [Fact]
    public void Two_records_become_one() =>
        Assert.Equal([Merged(Three.A, Three.B)], When(Given.Merges(), Three.A, Three.B));

    [Fact]
    public void Merging_twice_is_refused() =>
        Assert.Throws<DomainException>(() => When(Given.Merges(Merged(Three.A, Three.B)), Three.A, Three.B));

    [Fact]
    public void Merging_in_a_circle_is_refused()
    {
        Assert.Throws<DomainException>(() => When(Given.Merges(Merged(Three.A, Three.B)), Three.B, Three.A));
        Assert.Throws<DomainException>(() => When(
            Given.Merges(Merged(Three.A, Three.B), Merged(Three.C, Three.A)), Three.B, Three.C));
        Assert.Throws<DomainException>(() => When(Given.Merges(), Three.A, Three.A));
    }

    [Fact]
    public void The_refusal_names_the_record_that_was_kept()
    {
        var state = Given.Merges(Merged(Three.A, Three.B), Merged(Three.C, Three.A));
        var refusal = Assert.Throws<DomainException>(() => When(state, Agents[5], Three.B));
        Assert.Equal(Three.C, refusal.Extensions["mergedInto"]);
    }

    [Fact]
    public void History_follows_through_several_merges()
    {
        var merges = Given.Merges(Merged(Three.A, Three.B), Merged(Three.C, Three.A))!;
        Assert.Equal(Three.C, merges.Root(Three.B));
        Assert.Equal([Three.C, Three.A, Three.B], merges.Family(Three.A));
        Assert.Equal([Agents[5]], merges.Family(Agents[5]));
    }

    [Fact]
    public void Whatever_is_tried_every_record_has_one_root_that_is_not_merged() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Keep, byte Merge)[]>(),
        tries =>
        {
            var events = new List<AgentsMerged>();
            foreach (var (keep, merge) in tries)
            {
                try
                {
                    events.AddRange(When(Given.Merges([.. events]), Agents[keep % 8], Agents[merge % 8])
                        .Cast<AgentsMerged>());
                }
                catch (DomainException)
                {
                    // Refused: that is the point.
                }
            }

            var merges = Given.Merges([.. events]) ?? AgentMerges.None;
            return Agents.All(a => !merges.IsMerged(merges.Root(a)) && merges.Family(a).Contains(a))
                && Agents.Select(merges.Root).Distinct().Count() == Agents.Length - events.Count;
        }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<object> When(AgentMerges? state, Guid keep, Guid merge) =>
        MergeAgents.Decide(state, keep, merge, "supervisor", Given.Now);

    private static AgentsMerged Merged(Guid kept, Guid merged) => new(kept, merged, "supervisor", Given.Now);
}
