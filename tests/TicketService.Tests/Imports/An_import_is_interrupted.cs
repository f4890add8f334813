using System.Text;
using Npgsql;
using Performance.Testing;

namespace Performance.Tickets.Imports;

/// <summary>Whatever breaks midway: the import ends complete, and nothing is doubled.</summary>
public sealed class An_import_is_interrupted : IAsyncLifetime
{
    private const int Tickets = 6_000;

    private const string Mapping = """
        {"profile":"event-log","source":"log","ticketId":"id","status":"status","at":"at","assignee":"who",
         "terminal":["Closed"],"sentBack":{"from":["Closed"],"label":"Back"}}
        """;

    private static readonly byte[] File = Encoding.UTF8.GetBytes("id,status,at,who\n" + string.Concat(
        Enumerable.Range(0, Tickets).Select(i => $"""
            K{i},New,2026-01-01T10:00:00Z,
            K{i},Closed,2026-01-02T10:00:00Z,Agent {i % 7}
            K{i},Open,2026-01-03T10:00:00Z,Agent {i % 7}
            K{i},Open,2026-01-03T10:00:00Z,Agent {i % 7}

            """)));

    private readonly TicketApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task By_losing_the_connection_that_writes()
    {
        var id = await StartAsync(app.Client);
        var kills = await KillWhileRunningAsync(id, """
            select count(pg_terminate_backend(pid)) from pg_locks
            where locktype = 'advisory' and objid = hashtext('ticket imports')::bigint & 4294967295
                and pid <> pg_backend_pid()
                and database = (select oid from pg_database where datname = current_database())
            """);
        await AssertCompleteAsync(id);
        Assert.True(kills >= 2, $"Only {kills} connections were killed.");
    }

    [Fact]
    public async Task By_losing_every_connection_of_the_database()
    {
        var id = await StartAsync(app.Client);
        var kills = await KillWhileRunningAsync(id, """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """);
        await AssertCompleteAsync(id);
        Assert.True(kills >= 2, $"Only {kills} connections were killed.");
    }

    [Fact]
    public async Task By_the_end_of_the_replica_that_does_it()
    {
        await using (var other = app.Host())
        {
            // The fixture's replica stands aside: it cannot have the lock while this connection has it.
            await using var aside = await HoldLockAsync();
            await StartAsync(other.CreateClient());
        }

        var id = await app.Database.ScalarAsync<Guid>("select id from import");
        await AssertCompleteAsync(id);
    }

    private static async Task<Guid> StartAsync(HttpClient client) => (Guid)(await client.CallAsync(
        HttpMethod.Post, "/api/tickets/imports", TicketApp.Form(File, Mapping), TestTokens.Shared.Admin())
        .JsonAsync())["importId"]!;

    private async Task<long> KillWhileRunningAsync(Guid id, string kill)
    {
        long kills = 0;
        var reached = 0;
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(app.Database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await Eventually.Async(async () =>
        {
            // Each time that it got further, and at most three times: it is to end some day.
            await using var ask = new NpgsqlCommand("select status, created from import where id = $1", connection)
            {
                Parameters = { new() { Value = id } }
            };
            await using var reader = await ask.ExecuteReaderAsync();
            await reader.ReadAsync();
            var (status, created) = (reader.GetString(0), reader.GetInt32(1));
            await reader.CloseAsync();
            if (status == "Running" && (kills == 0 || created > reached) && kills < 3)
            {
                await using var command = new NpgsqlCommand(kill, connection);
                kills += (long)(await command.ExecuteScalarAsync())! > 0 ? 1 : 0;
                reached = created;
            }

            return status != "Running";
        }, TimeSpan.FromMinutes(2));
        return kills;
    }

    private async Task<NpgsqlConnection> HoldLockAsync()
    {
        var connection = await app.Database.DataSource.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtext('ticket imports'))", connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task AssertCompleteAsync(Guid id)
    {
        var import = await Eventually.ValueAsync(
            () => app.GetAsync($"tickets/imports/{id}"), i => (string)i["status"]! != "Running",
            TimeSpan.FromMinutes(2));
        Assert.Equal("Completed", (string)import["status"]!);
        app.Database.DataSource.Clear();
        Assert.Equal(
            (4 * Tickets, Tickets, 2 * Tickets, Tickets, 0),
            ((int)import["rows"]!, (int)import["created"]!, (int)import["changed"]!, (int)import["unchanged"]!,
                (int)import["refused"]!));
        Assert.Equal(
            [("rejection_recorded", Tickets), ("ticket_assigned", Tickets), ("ticket_imported", Tickets),
                ("ticket_status_changed", 2 * Tickets)],
            await EventsAsync());
        Assert.Equal(7, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where type = 'assignee_discovered'"));
    }

    private async Task<List<(string, long)>> EventsAsync()
    {
        await using var command = app.Database.DataSource.CreateCommand("""
            select type, count(*) from mt_events e
            where type like 'rejection%' or type in ('ticket_assigned', 'ticket_imported', 'ticket_status_changed')
            group by type order by type collate "C"
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<(string, long)>();
        while (await reader.ReadAsync())
        {
            events.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return events;
    }
}
