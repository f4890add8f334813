namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource waits for another.</summary>
/// <param name="resource">For which.</param>
/// <param name="waitType">Until when.</param>
/// <param name="exitCode">Exit code that counts as completion.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>For which.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Until when.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What happens when the other fails; null: the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>Exit code that counts as completion.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What is waited for.</summary>
public enum WaitType
{
    /// <summary>Running and healthy.</summary>
    WaitUntilHealthy = 0,

    /// <summary>Ended with the right exit code.</summary>
    WaitForCompletion = 1,

    /// <summary>Running.</summary>
    WaitUntilStarted = 2,
}

/// <summary>What happens when a resource that is waited for fails.</summary>
public enum WaitBehavior
{
    /// <summary>Go on waiting: it may be restarted.</summary>
    WaitOnResourceUnavailable = 0,

    /// <summary>Fail as well.</summary>
    StopOnResourceUnavailable = 1,
}

/// <summary>Names a health check of a resource.</summary>
/// <param name="key">Name under which the check is registered.</param>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>Name under which the check is registered.</summary>
    public string Key { get; } = key;
}

/// <summary>Says that a resource starts only by command.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>Says that a resource uses another.</summary>
/// <param name="resource">The other.</param>
/// <param name="type">How, for example <c>Reference</c> or <c>WaitFor</c>.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>How.</summary>
    public string Type { get; } = type;
}

/// <summary>Says that a resource sends telemetry.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation;

/// <summary>Gives a resource another's connection string.</summary>
/// <param name="resource">The other.</param>
public class ConnectionStringRedirectAnnotation(IResourceWithConnectionString resource) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResourceWithConnectionString Resource { get; } = resource;
}
