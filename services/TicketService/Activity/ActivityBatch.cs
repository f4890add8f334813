using System.Text.Json;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Activity;

/// <summary>What was understood of a request: the events, once each, and those refused.</summary>
/// <param name="Events">With distinct identities.</param>
/// <param name="Repeats">How many repeated another one of the same request.</param>
/// <param name="Rejected">Those that cannot be taken.</param>
internal sealed record ActivityBatch(
    IReadOnlyList<CloudEvent> Events, int Repeats, IReadOnlyList<RejectedEvent> Rejected)
{
    /// <summary>More than this in one request is refused as a whole.</summary>
    public const int MostEvents = 5000;

    /// <summary>Reads a batch: every good event is taken, every bad one answered.</summary>
    /// <exception cref="InvalidFieldException">It is no array, or too long.</exception>
    public static ActivityBatch Read(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidFieldException("body", "is no JSON array of events");
        }

        var count = json.GetArrayLength();
        if (count > MostEvents)
        {
            throw new InvalidFieldException("body", $"has more than {MostEvents} events");
        }

        var events = new List<CloudEvent>(count);
        var seen = new HashSet<(string, string)>(count);
        var rejected = new List<RejectedEvent>();
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            try
            {
                var read = CloudEvent.Read(item, now);
                if (seen.Add((read.Source, read.Id)))
                {
                    events.Add(read);
                }
            }
            catch (InvalidFieldException e)
            {
                rejected.Add(new RejectedEvent(index, IdOf(item), e.Message));
            }

            index++;
        }

        return new ActivityBatch(events, count - rejected.Count - events.Count, rejected);
    }

    private static string? IdOf(JsonElement item)
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>An event of a batch that was not taken.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Reason">The field, and what is wrong with it.</param>
internal sealed record RejectedEvent(int Index, string? Id, string Reason);
