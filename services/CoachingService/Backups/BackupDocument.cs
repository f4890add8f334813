using System.Buffers;
using System.Text.Json;
using Npgsql;
using Performance.Coaching.Agents;
using Performance.Coaching.Attendance;
using Performance.Coaching.Sessions;
using Performance.ServiceDefaults.Backups;

namespace Performance.Coaching.Backups;

/// <summary>
/// Writes the whole document, row by row as the database answers, each section in the order of its ids: two exports
/// without a change between them differ in <c>exportedAt</c> only.
/// </summary>
internal static class BackupDocument
{
    private const int Buffered = 64 * 1024;

    /// <param name="target">Where it goes.</param>
    /// <param name="connection">In a transaction that sees one moment (repeatable read).</param>
    /// <param name="exportedAt">That moment.</param>
    /// <param name="cancel">Stops between rows.</param>
    public static async Task WriteAsync(
        Stream target, NpgsqlConnection connection, DateTimeOffset exportedAt, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * Buffered);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", PortalData.FormatName);
        json.WriteNumber("version", PortalData.SchemaVersion);
        json.WriteString("exportedAt", PortalFields.Text(exportedAt));
        await SectionAsync("agents", Agents, Agent);
        await SectionAsync("coachingLogs", Sessions, Session);
        await SectionAsync("attendance", Attendance, Month);
        await SectionAsync("rampPlans", RampPlans, Ramp);
        await SectionAsync("overrides", KeptRows.Excuses, KeptRows.Excuse);
        await SectionAsync("productivity", KeptRows.Days, KeptRows.Day);
        json.WriteEndObject();
        await SendAsync();

        async Task SectionAsync<T>(string name, string sql, Func<NpgsqlDataReader, T> read)
        {
            json.WriteStartArray(name);
            await using var select = new NpgsqlCommand(sql, connection);
            await using var reader = await select.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                JsonSerializer.Serialize(json, read(reader), PortalData.Json);
                if (buffer.WrittenCount > Buffered)
                {
                    await SendAsync();
                }
            }

            json.WriteEndArray();
        }

        async Task SendAsync()
        {
            await json.FlushAsync(cancel);
            await target.WriteAsync(buffer.WrittenMemory, cancel);
            buffer.ResetWrittenCount();
        }
    }

    // The documents of agents and sessions; of the rest the last event, which has the instant too.
    private const string Agents = """
        select a.data::text, (
            select jsonb_agg(jsonb_build_object('source', s.source, 'name', s.name) order by s.source, s.name)::text
            from agent_source s where s.agent_id = a.id)
        from mt_doc_agent a order by a.id
        """;

    // Texts from the event itself: what is erased there is gone here, whether or not the document was made anew.
    private const string Sessions = """
        select s.data::text, e.data ->> 'Notes', e.data #>> '{ActionItem,Text}'
        from mt_doc_coachingsession s join mt_events e on e.stream_id = s.id and e.version = 1 order by s.id
        """;

    private const string Attendance = """
        select data::text from (
            select distinct on (stream_id) data from mt_events where type = 'attendance_recorded'
            order by stream_id, version desc) last
        where data ->> 'Percent' is not null order by data ->> 'AgentId', data ->> 'Month'
        """;

    private const string RampPlans = """
        select data::text from (
            select distinct on (stream_id) data from mt_events where type = 'ramp_plan_set'
            order by stream_id, version desc) last
        where data ->> 'HireMonth' is not null order by data ->> 'AgentId'
        """;

    private static T Stored<T>(NpgsqlDataReader row) => JsonSerializer.Deserialize<T>(row.GetString(0))!;

    private static PortalAgent Agent(NpgsqlDataReader row)
    {
        var agent = Stored<Agent>(row);
        return new PortalAgent(
            agent.Id.ToString(), agent.Name, agent.Email,
            row.IsDBNull(1) ? [] : JsonSerializer.Deserialize<PortalSource[]>(row.GetString(1), PortalData.Json));
    }

    private static PortalCoachingLog Session(NpgsqlDataReader row)
    {
        var s = Stored<CoachingSession>(row);
        return new PortalCoachingLog(
            s.Id.ToString(), s.AgentId.ToString(), s.TicketId?.ToString(), s.TicketName, PortalFields.Text(s.Date),
            row.GetString(1),
            s.ActionItem is { } item
                ? new PortalActionItem(
                    row.GetString(2), item.Owner == ActionOwner.Agent ? "agent" : "supervisor",
                    item.DueDate is { } due ? PortalFields.Text(due) : null,
                    s.ActionDoneAt is { } done ? PortalFields.Text(done) : null)
                : null,
            s.By, PortalFields.Text(s.RecordedAt), s.AcknowledgedAt is { } at ? PortalFields.Text(at) : null);
    }

    private static PortalAttendance Month(NpgsqlDataReader row)
    {
        var e = Stored<AttendanceRecorded>(row);
        return new PortalAttendance(
            e.AgentId.ToString(), PortalFields.Month(e.Month), e.Percent, e.By, PortalFields.Text(e.OccurredAt));
    }

    private static PortalRampPlan Ramp(NpgsqlDataReader row)
    {
        var e = Stored<RampPlanSet>(row);
        return new PortalRampPlan(
            e.AgentId.ToString(), PortalFields.Month(e.HireMonth!.Value), e.By, PortalFields.Text(e.OccurredAt));
    }
}
