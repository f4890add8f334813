using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>A RabbitMQ server from the system's packages, on loopback, with its data below the data folder.</summary>
/// <remarks>
/// It has an epmd (Erlang's port mapper) of its own, on a port of its own, as a helper: the one that Erlang would
/// start by itself is a daemon that outlives everything.
/// </remarks>
internal sealed class LocalRabbitMQ(RabbitMQServerResource server)
{
    private const string Installed = "/usr/lib/rabbitmq/lib";

    public async Task<LocalServerPlan> PrepareAsync(LocalServerContext context, CancellationToken cancellationToken)
    {
        var user = SystemUser.IsRoot ? "rabbitmq" : null;
        var program = Program();
        var folder = context.Folder.ServerFolder(server.Name, user);
        var node = context.Ports;
        var epmd = node.Keep($"{server.Name}/epmd").ToString(CultureInfo.InvariantCulture);
        var distribution = node.Keep($"{server.Name}/distribution").ToString(CultureInfo.InvariantCulture);
        await WriteAsync(folder, "rabbitmq.conf", user, await SettingsAsync(cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(folder, "enabled_plugins", user, "[].\n", cancellationToken).ConfigureAwait(false);

        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = $"{server.Name}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_DIST_PORT"] = distribution,
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["ERL_EPMD_PORT"] = epmd,
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["LANG"] = "C.UTF-8",

            // The script then becomes the server instead of staying its parent, so that signals reach the server.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        };
        return new LocalServerPlan(
            new LaunchSpec(program, [], folder)
            {
                CleanEnvironment = true, Environment = environment, User = user,
                StopTimeout = TimeSpan.FromSeconds(45),
            },
            [
                new LaunchSpec("epmd", ["-port", epmd, "-address", "127.0.0.1"], "/")
                {
                    CleanEnvironment = true, User = user, ReadyPort = int.Parse(epmd, CultureInfo.InvariantCulture),
                    Environment = new Dictionary<string, string> { ["HOME"] = folder },
                    StopTimeout = TimeSpan.FromSeconds(2),
                },
            ]);
    }

    private static string Program()
    {
        var found = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed, "rabbitmq_server-*")
                .Select(d => Path.Combine(d, "sbin", "rabbitmq-server")).Where(File.Exists).Max()
            : null;
        return found ?? throw new DistributedApplicationException(
            "Neither a container engine nor RabbitMQ was found. On Debian: apt-get install rabbitmq-server");
    }

    private async Task<string> SettingsAsync(CancellationToken cancellationToken)
    {
        var user = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        return $"""
            listeners.tcp.1 = 127.0.0.1:{server.PrimaryEndpoint.Port}
            default_user = {user}
            default_pass = {password}
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 200MB
            log.console = true
            log.console.level = warning
            log.file = false

            """;
    }

    private static async Task WriteAsync(
        string folder, string name, string? user, string text, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(path, options))
            await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        if (user is not null)
            SystemUser.Own(user, path);
    }
}
