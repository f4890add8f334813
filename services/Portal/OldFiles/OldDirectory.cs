namespace Performance.Portal.OldFiles;

/// <summary>What is known here of the people and tickets that an old file names.</summary>
/// <param name="Agents">By name; names that two people have are not in it.</param>
/// <param name="Tickets">By source and number.</param>
internal sealed record OldDirectory(
    IReadOnlyDictionary<string, OldDocument.Person> Agents,
    IReadOnlyDictionary<(string Source, string Number), OldDirectory.Known> Tickets)
{
    public sealed record Known(Guid Id, Guid? AgentId);

    public static IReadOnlyDictionary<string, OldDocument.Person> ByName(IEnumerable<OldDocument.Person> agents) =>
        agents.GroupBy(a => Key(a.Name)).Where(g => g.Select(a => a.Id).Distinct().Count() == 1)
        .ToDictionary(g => g.Key, g => g.First());

    /// <summary>A name without regard to case and spaces.</summary>
    public static string Key(string name) =>
        string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
