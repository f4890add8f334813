namespace OpenTelemetry;

/// <summary>Creates the telemetry providers of a host; register another one to do it differently.</summary>
public interface ITelemetryHostInitializer
{
    /// <summary>Creates what was configured. Called once, when the host starts.</summary>
    void Initialize();
}
