using Npgsql;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>Spells a status as the ticket's source does, where tickets of that source have it.</summary>
internal sealed class StatusSpelling(NpgsqlDataSource database)
{
    public async Task<string> OfAsync(string ticketId, string status, CancellationToken cancel)
    {
        await using var find = database.CreateCommand("""
            select other.status
            from ticket_list t join ticket_list other using (source)
            where t.ticket_id = $1 and lower(btrim(other.status)) = lower($2)
            limit 1
            """);
        find.Parameters.Add(new() { Value = Input.Id("id", ticketId) });
        find.Parameters.Add(new() { Value = status });
        return await find.ExecuteScalarAsync(cancel) as string ?? status;
    }
}
