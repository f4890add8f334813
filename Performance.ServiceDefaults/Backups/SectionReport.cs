namespace Performance.ServiceDefaults.Backups;

/// <summary>An entry that did not come in.</summary>
/// <param name="Index">Its place in its section, from 0.</param>
/// <param name="Id">What it calls itself, if it has an id; else the agent, or the ticket.</param>
/// <param name="Field">The field that is wrong.</param>
/// <param name="Reason">What is wrong with it, for a person.</param>
public sealed record RefusedEntry(int Index, string? Id, string Field, string Reason);

/// <summary>What an import did, or would do, with one section.</summary>
public sealed record SectionReport(
    string Section, int InDocument, int Created, int Changed, int Unchanged, IReadOnlyList<RefusedEntry> Refused);

/// <summary>What an import answers.</summary>
/// <param name="Sections">The sections of the service that was asked.</param>
/// <param name="Position">Pass it as <c>atLeast=</c> to scoring queries to see the import's effect.</param>
public sealed record ImportAnswer(IReadOnlyList<SectionReport> Sections, long Position);

/// <summary>What becomes of one entry.</summary>
public enum EntryChange
{
    Unchanged,
    Created,
    Changed,
    Refused
}

/// <summary>What became of one entry, and why if it was refused.</summary>
public sealed record EntryResult(EntryChange Change, string Field = "", string Reason = "")
{
    public static readonly EntryResult Unchanged = new(EntryChange.Unchanged);

    public static readonly EntryResult Created = new(EntryChange.Created);

    public static readonly EntryResult Changed = new(EntryChange.Changed);

    public static EntryResult Refused(string field, string reason) => new(EntryChange.Refused, field, reason);
}
