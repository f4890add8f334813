namespace Performance.Hosting;

public sealed class Containers_are_used_where_an_engine_answers
{
    [Fact]
    public async Task With_ports_on_loopback_volumes_and_no_secret_on_the_command_line()
    {
        using var data = new DataFolderFor();
        await using var app = await TestApp.StartAsync(
            builder => builder
                .AddPostgres("postgres", password: builder.AddParameter("pw", "very-secret", secret: true))
                .WithDataVolume("the-volume").WithArgs("-c", "max_connections=7"),
            data, new() { ["ASPIRE_CONTAINER_RUNTIME"] = Engine(data), ["Aspire:RestartCrashed"] = "false" });
        await app.States.WaitForResourceAsync("postgres", KnownResourceStates.Running, app.Stop);
        var port = app.Application.GetEndpoint("postgres", "tcp").Port;
        var log = app.Application.Services.GetRequiredService<ResourceLoggerService>();
        var lines = new List<string>();
        await foreach (var line in log.WatchAsync("postgres").WithCancellation(app.Stop))
        {
            lines.Add(line[0].Content);
            if (line[0].Content.Contains("password known: 11", StringComparison.Ordinal))
                break;
        }

        var run = Assert.Single(lines, l => l.Contains(" run ", StringComparison.Ordinal));
        Assert.Contains($"-p 127.0.0.1:{port}:5432", run);
        Assert.Contains("-v the-volume:/var/lib/postgresql/data", run);
        Assert.Contains("-e POSTGRES_PASSWORD", run);
        Assert.EndsWith("docker.io/library/postgres:17.6 -c max_connections=7", run);
        Assert.DoesNotContain("very-secret", run);
    }

    /// <summary>An engine that says what it was told and runs until it is told to stop.</summary>
    private static string Engine(DataFolderFor data)
    {
        var path = Path.Combine(data.Path, "engine");
        File.WriteAllText(path, """
            #!/bin/sh
            case $1 in
              version) echo 1.0 ;;
              stop) kill "$(cat "$0.$2")" ;;
              run) echo $$ >"$0.$4"; echo "$0 $*"; echo "password known: ${#POSTGRES_PASSWORD}"; exec sleep 600 ;;
            esac
            """);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
