using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>State of a resource (of one of its processes) at an instant.</summary>
public sealed record CustomResourceSnapshot
{
    private readonly ImmutableArray<HealthReportSnapshot> _healthReports = [];
    private readonly ResourceStateSnapshot? _state;

    internal long Version { get; init; }

    /// <summary>Kind: Project, Executable, Container, Parameter, ….</summary>
    public required string ResourceType { get; init; }

    /// <summary>Facts such as <c>executable.pid</c>.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it last started, UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it last ended, UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>One of <see cref="KnownResourceStates" />, or null.</summary>
    public ResourceStateSnapshot? State
    {
        get => _state;
        init
        {
            _state = value;
            HealthStatus = Health(_healthReports, value?.Text);
        }
    }

    /// <summary>Exit code of the process; 128 + n after signal n.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The worst of the checks while running, else null.</summary>
    public HealthStatus? HealthStatus { get; private set; }

    /// <summary>Result of each check.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports
    {
        get => _healthReports;
        internal init
        {
            _healthReports = value;
            HealthStatus = Health(value, State?.Text);
        }
    }

    /// <summary>Environment that the process was started with.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Resources it uses.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Whether dashboards leave it out.</summary>
    public bool IsHidden { get; init; }

    internal bool IsReady { get; init; }

    private static HealthStatus? Health(ImmutableArray<HealthReportSnapshot> reports, string? state) =>
        state != KnownResourceStates.Running ? null
        : reports.Length == 0 ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : reports.Min(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
}

/// <summary>A state by name.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Style">Tone, see <see cref="KnownResourceStateStyles" />.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state by its name.</summary>
    /// <param name="s">The name.</param>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}

/// <summary>A variable of a process.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsFromSpec">Whether the model set it (else it was inherited).</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>An address.</summary>
/// <param name="Name">Name of the endpoint.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether not meant for people.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>Whether it does not answer now.</summary>
    public bool IsInactive { get; init; }
}

/// <summary>A use of another resource.</summary>
/// <param name="ResourceName">The other.</param>
/// <param name="Type">How.</param>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>A fact.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether it is to be hidden.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>Result of a health check.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="Status">Result; null before the first.</param>
/// <param name="Description">What the check says.</param>
/// <param name="ExceptionText">What went wrong.</param>
public sealed record HealthReportSnapshot(
    string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When the check last ran, UTC.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>Tones of states.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Good.</summary>
    public static readonly string Success = "success";

    /// <summary>Bad.</summary>
    public static readonly string Error = "error";

    /// <summary>Neutral.</summary>
    public static readonly string Info = "info";

    /// <summary>Doubtful.</summary>
    public static readonly string Warn = "warning";
}

/// <summary>Names of states.</summary>
public static class KnownResourceStates
{
    /// <summary>Being started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Started.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>Not usable by the container engine.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>Being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Ended by a command or with an error.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Ended by itself.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Not started yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>There, without a life of its own.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>States that end a life.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
