using System.Text.Json;
using Npgsql;
using Performance.ServiceDefaults.Backups;

namespace Performance.Coaching.Backups;

/// <summary>The records of TicketService, from <see cref="KeepRecords"/>'s tables as the document has them.</summary>
internal static class KeptRows
{
    public const string Excuses = """
        select event_id, ticket_id, source, external_id, rejection_id, rejection_label, rejection_at, reason, done_by,
            done_at, withdrawn_by, withdrawn_reason, withdrawn_at, parts::text
        from kept_excuse order by event_id
        """;

    public const string Days = """
        select agent_id, date, notes, entries::text, logged_at from kept_day order by agent_id, date
        """;

    public static PortalOverride Excuse(NpgsqlDataReader row)
    {
        var parts = JsonSerializer.Deserialize<PortalPart[]>(row.GetString(13), PortalData.Json)!;
        return new PortalOverride(
            row.GetGuid(0).ToString(),
            new PortalTicket(row.GetGuid(1).ToString(), row.GetString(2), row.GetString(3)),
            row.IsDBNull(4) ? null : row.GetGuid(4).ToString(), Text(row, 5), Instant(row, 6), row.GetString(7),
            row.GetString(8), Instant(row, 9),
            row.IsDBNull(12) ? null : new PortalWithdrawal(Text(row, 10), Text(row, 11), Instant(row, 12)),
            parts.Length == 0 ? null : parts);
    }

    public static PortalDay Day(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString(), PortalFields.Text(row.GetFieldValue<DateOnly>(1)), Text(row, 2),
        JsonSerializer.Deserialize<PortalEntry[]>(row.GetString(3), PortalData.Json), Instant(row, 4));

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static string? Instant(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : PortalFields.Text(row.GetFieldValue<DateTimeOffset>(column));
}
