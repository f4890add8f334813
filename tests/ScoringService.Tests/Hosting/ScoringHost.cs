using Marten;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>ScoringService as it runs, on a database and queues of its own.</summary>
public sealed class ScoringHost : IAsyncLifetime
{
    private readonly TestPostgres postgres = new();
    private readonly TestRabbitMq rabbit = new();
    private WebApplicationFactory<Program>? factory;

    public TestTokens Tokens { get; } = new();

    public NpgsqlDataSource Database => postgres.DataSource;

    internal IServiceProvider Services => factory!.Services;

    internal TestRabbitMq Rabbit => rabbit;

    internal IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    /// <summary>What the service takes for now; set before the first use.</summary>
    internal TimeProvider? Clock { get; init; }

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseSetting("ConnectionStrings:scoring", postgres.ConnectionString);
            web.UseSetting("Auth:Keys", Tokens.KeysJson);
            // Tests say themselves when grades are compared with what agents know.
            web.UseSetting("Grades:Settle", "1.00:00:00");
            web.UseSetting("Logging:LogLevel:Default", "Warning");
            foreach (var (name, value) in rabbit.Settings)
            {
                web.UseSetting(name, value);
            }

            web.ConfigureServices(services =>
            {
                if (Clock is not null)
                {
                    services.AddSingleton(Clock);
                }
            });
        });
        _ = factory.Server;
        await UpToDateAsync();
    }

    public async Task DisposeAsync()
    {
        if (factory is not null)
        {
            await factory.DisposeAsync();
        }

        await postgres.DisposeAsync();
    }

    public HttpClient Client(string token) => factory!.CreateClient().As(token);

    /// <summary>Appends events as the feeds' handlers do, and waits until the views have them.</summary>
    internal async Task<long> HappenedAsync(IEnumerable<(Guid Stream, object Event)> events)
    {
        await using (var session = Store.LightweightSession())
        {
            foreach (var stream in events.GroupBy(e => e.Stream, e => e.Event))
            {
                session.Events.Append(stream.Key, stream.ToArray());
            }

            await session.SaveChangesAsync();
        }

        return await UpToDateAsync();
    }

    internal Task<long> HappenedAsync(params Story[] stories) =>
        HappenedAsync(stories.SelectMany(s => s.Events.Select(e => (s.TicketId, (object)e))));

    /// <summary>Waits until the views have all events that there are.</summary>
    internal async Task<long> UpToDateAsync()
    {
        var last = await postgres.ScalarAsync<long>("select coalesce(max(seq_id), 0) from mt_events");
        return await Eventually.ValueAsync(
            () => postgres.ScalarAsync<long>(
                "select last_seq_id from mt_event_progression where name = $1", ScoringViews.Shard),
            position => position >= last);
    }

    internal Task<int> ExecuteAsync(string sql, params object?[] parameters) => postgres.ExecuteAsync(sql, parameters);

    internal Task<T?> ScalarAsync<T>(string sql, params object?[] parameters) =>
        postgres.ScalarAsync<T>(sql, parameters);

    /// <summary>Puts somebody into the directory's mirror.</summary>
    internal async Task KnowsAsync(Guid agentId, string name, string? team = null, string? department = null)
    {
        await postgres.ExecuteAsync(
            """
            insert into agent_directory (agent_id, name, team_id, department_id) values ($1, $2, $3, $4)
            on conflict (agent_id) do update set name = $2, team_id = $3, department_id = $4
            """, agentId, name, team, department);
        var directory = Services.GetRequiredService<AgentDirectory>();
        await Eventually.Async(async () => await directory.FindAsync(agentId, default) is { } entry
            && entry.Name == name && entry.TeamId == team && entry.DepartmentId == department);
    }
}
