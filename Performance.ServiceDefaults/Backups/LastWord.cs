using Marten;

namespace Performance.ServiceDefaults.Backups;

/// <summary>Streams whose last event says everything: of the document's word and ours the later one holds.</summary>
public static class LastWord
{
    /// <param name="commands">A batch.</param>
    /// <param name="stream">The stream that a command is about.</param>
    /// <param name="decide">The stream's last event to what is appended; nothing: what is here stands.</param>
    /// <param name="session">Gets the events.</param>
    /// <param name="cancel">Cancels reading.</param>
    public static async Task<IReadOnlyList<EntryResult>> DecideAsync<TCommand, TState>(
        IReadOnlyList<TCommand> commands, Func<TCommand, Guid> stream,
        Func<StreamHead?, TCommand, IReadOnlyList<object>> decide, IDocumentSession session, CancellationToken cancel)
        where TState : class
    {
        var heads = await StreamHead.LoadAsync(session, commands.Select(stream), cancel);
        var results = new List<EntryResult>(commands.Count);
        foreach (var command in commands)
        {
            var head = heads.GetValueOrDefault(stream(command));
            var events = decide(head, command);
            if (events.Count == 0)
            {
                results.Add(EntryResult.Unchanged);
            }
            else if (head is null)
            {
                session.Events.StartStream<TState>(stream(command), events);
                results.Add(EntryResult.Created);
            }
            else
            {
                session.Events.Append(stream(command), head.Version + events.Count, events);
                results.Add(EntryResult.Changed);
            }
        }

        return results;
    }
}
