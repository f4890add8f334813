using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

var builder = DistributedApplication.CreateBuilder(args);
var settings = builder.Configuration;

// Everything that outlives a run: databases, messages, keys, mails, generated passwords.
var data = Path.GetFullPath(settings["PERFORMANCE_DATA"] ?? Path.Combine(builder.AppHostDirectory, "..", ".data"));
settings["Aspire:Store:Path"] ??= data;

// Where the dashboard and its telemetry endpoint listen, on loopback without TLS.
var dashboardPort = settings.GetValue("PERFORMANCE_DASHBOARD_PORT", 18888);
settings["ASPNETCORE_URLS"] ??= $"http://localhost:{dashboardPort}";
settings["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ??= $"http://localhost:{dashboardPort + 1}";
settings["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] ??= "true";

var publicPort = settings.GetValue("PERFORMANCE_PORT", 8080);
var withDemo = args.Contains("--demo");

var adminPassword = Secret("admin-password", "PERFORMANCE_ADMIN_PASSWORD");

var postgres = builder.AddPostgres("postgres").WithDataVolume()
    .WithArgs("-c", "max_connections=300", "-c", "shared_buffers=512MB", "-c", "wal_compression=on")
    .WithArgs("-c", "max_wal_size=4GB", "-c", "checkpoint_timeout=15min", "-c", "log_checkpoints=off");
var rabbitmq = builder.AddRabbitMQ("rabbitmq").WithDataVolume();

var identity = postgres.AddDatabase("identity");
var tickets = postgres.AddDatabase("tickets");
var scoring = postgres.AddDatabase("scoring");
var coaching = postgres.AddDatabase("coaching");
var notifications = postgres.AddDatabase("notifications");

var gateway = Web("gateway", "../gateway/Gateway/Gateway.csproj", publicPort).WithExternalHttpEndpoints();
var ticketService = Service("ticket-service", "../services/TicketService/TicketService.csproj", tickets)
    .WithEnvironment("Keys__Folder", Path.Combine(data, "keys"));
var scoringService = Service("scoring-service", "../services/ScoringService/ScoringService.csproj", scoring);
var coachingService = Service("coaching-service", "../services/CoachingService/CoachingService.csproj", coaching)
    // A relative folder is one beside the repository's files, not beside the service's.
    .WithEnvironment(
        "Backup__SharedFolder", settings["PERFORMANCE_SHARED_FOLDER"] is { Length: > 0 } shared
            ? Path.GetFullPath(shared, Path.Combine(builder.AppHostDirectory, ".."))
            : "");
var notificationService = Service(
        "notification-service", "../services/NotificationService/NotificationService.csproj", notifications)
    .WithEnvironment("Email__Folder", Path.Combine(data, "mail"));

var portal = Web("portal", "../services/Portal/Portal.csproj")
    .WithEnvironment("Keys__Folder", Path.Combine(data, "keys"))
    .WithReference(gateway);

gateway
    .WithEnvironment("Keys__Folder", Path.Combine(data, "keys"))
    .WithEnvironment("PERFORMANCE_ADMIN_PASSWORD", adminPassword)
    .WithReference(identity).WaitFor(identity)
    .WithReference(rabbitmq)
    .WithReference(ticketService).WithReference(scoringService).WithReference(coachingService)
    .WithReference(notificationService).WithReference(portal);

if (withDemo)
{
    var demoPassword = Secret("demo-password", "PERFORMANCE_DEMO_PASSWORD");
    gateway.WithEnvironment("PERFORMANCE_DEMO_PASSWORD", demoPassword);
    builder.AddProject("demo", "../demo/Demo/Demo.csproj")
        .WithEnvironment("PERFORMANCE_ADMIN_PASSWORD", adminPassword)
        .WithEnvironment("PERFORMANCE_DEMO_PASSWORD", demoPassword)
        .WithReference(gateway).WaitFor(gateway)
        .WaitFor(ticketService).WaitFor(scoringService).WaitFor(coachingService).WaitFor(notificationService);
}

builder.Build().Run();

// A service needs its database and the bus to start. It knows the gateway, for the keys that tokens are signed with,
// but does not wait for it: the gateway comes up beside it.
IResourceBuilder<ProjectResource> Service(
    string name, string project, IResourceBuilder<PostgresDatabaseResource> database) =>
    Web(name, project)
        .WithReference(database).WaitFor(database)
        .WithReference(rabbitmq).WaitFor(rabbitmq)
        .WithReference(gateway);

// A line in the log for every request would say nothing that the traces do not.
IResourceBuilder<ProjectResource> Web(string name, string project, int? port = null) =>
    builder.AddProject(name, project)
        .WithHttpEndpoint(port)
        .WithHttpHealthCheck("/health")
        .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
        .WithEnvironment("Logging__LogLevel__Microsoft.AspNetCore", "Warning");

// Given from outside, else made once and kept. Processes inherit the environment, but only those get it that need it.
IResourceBuilder<ParameterResource> Secret(string name, string setting)
{
    var given = settings[setting];
    Environment.SetEnvironmentVariable(setting, null);
    return given is { Length: > 0 }
        ? builder.AddParameter(name, given, secret: true)
        : builder.AddParameter(
            name, new GenerateParameterDefault { MinLength = 16, Special = false }, secret: true, persist: true);
}
