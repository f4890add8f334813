using Npgsql;

namespace Performance.Scoring.Tickets;

/// <summary>A row of <c>ticket_histories</c>, its entries still packed: another thread can unpack them.</summary>
internal readonly record struct HistoryRow(TicketHistory Head, byte[] Entries)
{
    public const string Columns = """
        ticket_id, kind, source, external_id, title, type, state, created_ticks, recorded_from, recorded_to, entries
        """;

    public static HistoryRow Of(NpgsqlDataReader r) => new(
        new TicketHistory(
            r.GetGuid(0),
            r.IsDBNull(1) ? null : (WorkKind)r.GetInt16(1),
            r.GetString(2),
            r.GetString(3),
            r.IsDBNull(4) ? null : r.GetString(4),
            r.IsDBNull(5) ? null : r.GetString(5),
            r.IsDBNull(6) ? null : r.GetString(6),
            At(r.GetInt64(7)),
            [])
        {
            RecordedFrom = At(r.GetInt64(8)), RecordedTo = At(r.GetInt64(9))
        },
        r.GetFieldValue<byte[]>(10));

    public TicketHistory Read() => Head with { Entries = TicketHistoryCodec.Decode(Entries) };

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
