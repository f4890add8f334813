using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Backup;

/// <summary>Counts as people say them.</summary>
internal static class BackupWords
{
    public static string Entries(int count) => count == 1 ? "1 entry" : $"{Numbers.Count(count)} entries";

    /// <summary>What the file is, after its name.</summary>
    public static string State(Step step, bool isWhole) => step switch
    {
        Step.Mapping => "is not a backup of this portal: say what its parts are",
        Step.Checked => "is checked; nothing is imported yet",
        Step.Done => isWhole ? "is imported" : "is imported in part",
        _ => ""
    };

    public static string Names(int count) => count == 1 ? "One name is" : $"{Numbers.Count(count)} names are";
}
