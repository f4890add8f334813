using System.Globalization;
using Npgsql;
using RabbitMQ.Client;

namespace Performance.Hosting;

public sealed class Servers_keep_their_data
{
    [Fact]
    public async Task Across_runs_and_across_kill_9()
    {
        using var data = new DataFolderFor();
        string first;
        await using (var app = await StartAsync(data))
        {
            first = await ConnectionStringsAsync(app);
            await QueryAsync(app, "create table kept (word text); insert into kept values ('one')");
            await PublishAsync(app, "one");
            foreach (var server in new[] { "postgres", "rabbitmq" })
            {
                Assert.True(app.States.TryGetCurrentState(server, out var state));
                AssertNotRoot(TestApp.Pid(state)!.Value);
            }

            AssertOnLoopbackOnly(app);
        }

        var secrets = Directory.GetFiles(Path.Combine(data.Path, "secrets"));
        Assert.Equal(2, secrets.Length);
        Assert.All(secrets, s => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(s)));

        await using (var app = await StartAsync(data))
        {
            Assert.Equal(first, await ConnectionStringsAsync(app));
            foreach (var server in new[] { "postgres", "rabbitmq" })
            {
                Assert.True(app.States.TryGetCurrentState(server, out var state));
                Echoes.Kill(TestApp.Pid(state)!.Value);
                await app.ReplacedAsync(server, TestApp.Pid(state)!.Value);
            }

            await app.HealthyAsync("tickets");
            Assert.Equal("one", await QueryAsync(app, "select word from kept"));
            Assert.Equal("one", await ReceiveAsync(app));
        }
    }

    private static async Task<TestApp> StartAsync(DataFolderFor data)
    {
        // Fixed ports are ignored in tests; kept ones are what this is about.
        var app = await TestApp.StartAsync(builder =>
        {
            builder.AddPostgres("postgres").WithDataVolume().WithArgs("-c", "fsync=off").AddDatabase("tickets");
            builder.AddRabbitMQ("rabbitmq").WithDataVolume();
        }, data, new() { ["DcpPublisher:RandomizePorts"] = "false" });
        await Task.WhenAll(app.HealthyAsync("tickets"), app.HealthyAsync("rabbitmq"));
        return app;
    }

    private static async Task<string> ConnectionStringsAsync(TestApp app) =>
        await app.Application.GetConnectionStringAsync("tickets", app.Stop) + "\n"
        + await app.Application.GetConnectionStringAsync("rabbitmq", app.Stop);

    private static async Task<object?> QueryAsync(TestApp app, string sql)
    {
        var connectionString = await app.Application.GetConnectionStringAsync("tickets", app.Stop);
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(app.Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(app.Stop);
    }

    private static async Task PublishAsync(TestApp app, string text)
    {
        await using var connection = await ConnectAsync(app);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(true, true), app.Stop);
        await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false,
            cancellationToken: app.Stop);
        await channel.BasicPublishAsync("", "kept", true, new BasicProperties { Persistent = true },
            System.Text.Encoding.UTF8.GetBytes(text), app.Stop);
    }

    private static async Task<string> ReceiveAsync(TestApp app)
    {
        await using var connection = await ConnectAsync(app);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: app.Stop);
        var message = await channel.BasicGetAsync("kept", autoAck: true, app.Stop);
        return System.Text.Encoding.UTF8.GetString(message!.Body.Span);
    }

    private static async Task<IConnection> ConnectAsync(TestApp app)
    {
        var uri = await app.Application.GetConnectionStringAsync("rabbitmq", app.Stop);
        return await new ConnectionFactory { Uri = new Uri(uri!) }.CreateConnectionAsync(app.Stop);
    }

    private static void AssertNotRoot(int pid)
    {
        var uid = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("\t0\t", uid + "\t");
    }

    private static void AssertOnLoopbackOnly(TestApp app)
    {
        foreach (var server in new[] { "postgres", "rabbitmq" })
        {
            var port = app.Application.GetEndpoint(server, "tcp").Port.ToString("X4", CultureInfo.InvariantCulture);
            var listening = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f[3] == "0A")
                .Select(f => f[1]).Where(a => a.EndsWith($":{port}", StringComparison.Ordinal)).ToList();
            Assert.Equal([$"0100007F:{port}"], listening);
        }
    }
}
