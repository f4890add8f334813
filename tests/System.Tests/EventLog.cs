using System.Text;

namespace Performance.SystemTests;

/// <summary>Writes small logs for the event-log profile: tickets of one source with a chosen history.</summary>
internal sealed class EventLog(string source)
{
    private readonly StringBuilder csv = new("id,status,at,who,type,state\n");
    private int tickets;

    /// <summary>The mapping for it: Done is closed, Done to anything else is sent back.</summary>
    public string Mapping => $$"""
        { "profile": "event-log", "source": "{{source}}", "ticketId": "id", "status": "status", "at": "at",
          "assignee": "who", "type": "type", "state": "state", "title": "id",
          "terminal": ["Done"], "closed": ["Done"], "hold": ["Hold"],
          "sentBack": { "from": ["Done"], "label": "Sent back from {from}" } }
        """;

    public byte[] Bytes => Encoding.UTF8.GetBytes(csv.ToString());

    public int Tickets => tickets;

    public string Source => source;

    /// <summary>So many tickets with these statuses, an hour apart.</summary>
    public EventLog Add(int count, string who, DateTimeOffset created, params string[] statuses)
    {
        for (var n = 0; n < count; n++)
        {
            tickets++;
            for (var step = 0; step < statuses.Length; step++)
            {
                csv.Append($"{source}-{tickets},{statuses[step]},{created.AddHours(step):O},{who},Renewal,CA\n");
            }
        }

        return this;
    }
}
