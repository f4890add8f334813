using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Backup;

/// <summary>One of the two services that take their part of a document, and how it fared there.</summary>
public sealed class BackupOwner(string name, string address, params IReadOnlyList<string> sections)
{
    /// <summary>As in "… could not be checked".</summary>
    public string Name => name;

    public string Address => address;

    public IReadOnlyList<string> Sections => sections;

    /// <summary>The answer to the dry run, or to the import.</summary>
    public BackupAnswer? Answer { get; private set; }

    /// <summary>Why there is none, in words.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where an import is repeated after a lost answer, the same key gives the same answer.</summary>
    public string Key { get; private set; } = "";

    public static IReadOnlyList<BackupOwner> Both() =>
    [
        new("Coaching data", IBackupApi.CoachingAddress, "agents", "coachingLogs", "attendance", "rampPlans"),
        new("Ticket data", IBackupApi.TicketsAddress, "overrides", "productivity")
    ];

    public void Forget() => (Answer, Problem, Key) = (null, null, Guid.NewGuid().ToString());

    public void Answered(BackupAnswer? answer, string? problem) => (Answer, Problem) = (answer, problem);
}
