namespace Performance.Portal.OldFiles;

/// <summary>An old file as the document of a backup, and what could not come along.</summary>
/// <param name="LeftOut">The first of them.</param>
/// <param name="LeftOutCount">All of them.</param>
/// <param name="NewNames">People who are not in the directory.</param>
public sealed record OldConversion(
    OldDocument Data, IReadOnlyList<OldConversion.Left> LeftOut, int LeftOutCount, IReadOnlyList<string> NewNames)
{
    /// <param name="Place">Where in the file.</param>
    /// <param name="Index">Which of the entries there, from 0.</param>
    public sealed record Left(string Place, int Index, string Field, string Reason);
}
