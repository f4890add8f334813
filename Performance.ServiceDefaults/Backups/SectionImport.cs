using Marten;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Backups;

/// <summary>
/// Brings one section in: reads each entry, and decides and saves many of them in one transaction. Entries of a group
/// (a ticket's) stay together. What somebody else changes meanwhile makes the batch decide again.
/// </summary>
/// <typeparam name="TEntry">An entry as it stands in the document.</typeparam>
/// <typeparam name="TCommand">An entry that was read and makes sense.</typeparam>
/// <param name="Name">The section's name in the document.</param>
/// <param name="Read">Reads an entry, or throws <see cref="InvalidFieldException"/>.</param>
/// <param name="Label">What an entry is called when it is refused.</param>
/// <param name="Key">What may be in the document only once.</param>
/// <param name="Group">What must be decided together.</param>
/// <param name="Decide">Queues the batch's events; the results in the order of the commands.</param>
public sealed record SectionImport<TEntry, TCommand>(
    string Name,
    Func<TEntry, TCommand> Read,
    Func<TEntry, string?> Label,
    Func<TCommand, string> Key,
    Func<TCommand, Guid> Group,
    Func<IReadOnlyList<TCommand>, IDocumentSession, CancellationToken, Task<IReadOnlyList<EntryResult>>> Decide)
    where TEntry : class
    where TCommand : class
{
    private const int GroupsPerBatch = 500;
    private const int Attempts = 8;

    /// <param name="entries">The section; null: the document has none.</param>
    /// <param name="store">The service's store.</param>
    /// <param name="dryRun">Decides and does not save.</param>
    /// <param name="cancel">Stops between batches.</param>
    public async Task<SectionReport> RunAsync(
        IReadOnlyList<TEntry?>? entries, IDocumentStore store, bool dryRun, CancellationToken cancel)
    {
        entries ??= [];
        var results = new EntryResult[entries.Count];
        var commands = new List<(int Index, TCommand Command)>(entries.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            if (ReadOne(entries[i], seen, out results[i]) is { } command)
            {
                commands.Add((i, command));
            }
        }

        foreach (var batch in commands.GroupBy(c => Group(c.Command)).Chunk(GroupsPerBatch))
        {
            (int Index, TCommand Command)[] together = [.. batch.SelectMany(group => group)];
            var decided = await SaveAsync([.. together.Select(c => c.Command)], store, dryRun, cancel);
            foreach (var ((index, _), result) in together.Zip(decided))
            {
                results[index] = result;
            }
        }

        int Count(EntryChange change) => results.Count(r => r.Change == change);
        return new SectionReport(
            Name, entries.Count, Count(EntryChange.Created), Count(EntryChange.Changed), Count(EntryChange.Unchanged),
            [
                .. results.Index().Where(r => r.Item.Change == EntryChange.Refused).Select(r => new RefusedEntry(
                    r.Index, entries[r.Index] is { } entry ? Label(entry) : null, r.Item.Field, r.Item.Reason))
            ]);
    }

    private TCommand? ReadOne(TEntry? entry, HashSet<string> seen, out EntryResult refusal)
    {
        refusal = EntryResult.Unchanged;
        try
        {
            var command = Read(entry ?? throw new InvalidFieldException(Name, "holds null"));
            if (seen.Add(Key(command)))
            {
                return command;
            }

            refusal = EntryResult.Refused("id", "is in the document twice");
        }
        catch (InvalidFieldException e)
        {
            refusal = EntryResult.Refused(e.Field, e.Reason);
        }

        return default;
    }

    private async Task<IReadOnlyList<EntryResult>> SaveAsync(
        IReadOnlyList<TCommand> commands, IDocumentStore store, bool dryRun, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = store.LightweightSession();
            var results = await Decide(commands, session, cancel);
            try
            {
                if (!dryRun)
                {
                    await session.SaveChangesAsync(cancel);
                }

                return results;
            }
            catch (Exception e) when (CommandEndpoint.IsConcurrent(e) && attempt < Attempts)
            {
                // Somebody appended to one of these streams: decide again, on what is there now.
            }
        }
    }
}
