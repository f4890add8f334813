using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Notifications.Intake;

/// <summary>Feed <c>grades</c>: agents are told that grades of theirs moved, one entry and one e-mail a fact.</summary>
internal sealed class GradeFactsHandler(TimeProvider clock) : IFeedHandler<GradeFact>
{
    public const string Kind = "grade-moved";

    public Task HandleAsync(IReadOnlyList<GradeFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        return Notices.AddAsync(
            facts.OfType<GradesMoved>().Where(fact => fact.Months.Count > 0)
                .Select(fact => Notice.OfGrades(fact, Kind, now)),
            session, cancel);
    }
}
