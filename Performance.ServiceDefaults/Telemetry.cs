using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Performance.ServiceDefaults;

/// <summary>
/// Logs, traces and metrics to where OTEL_EXPORTER_OTLP_ENDPOINT says; without that variable nothing is recorded.
/// The libraries' own sources and meters are enough: no instrumentation packages.
/// </summary>
public static class Telemetry
{
    private const string NoTagsOnRequests = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Marten", "Performance.*"];

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.*", "System.Net.Http", "System.Net.NameResolution", "System.Runtime", "Npgsql",
        "MassTransit", "Marten*", "Performance.*"
    ];

    /// <summary>
    /// Adds the exporters. The standard OTEL_ variables apply: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES,
    /// OTEL_EXPORTER_OTLP_PROTOCOL, OTEL_EXPORTER_OTLP_HEADERS, OTEL_METRIC_EXPORT_INTERVAL and so on.
    /// </summary>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return builder;
        }

        // .NET 10 leaves method, path and status off its request spans unless asked; the sampler needs the path.
        AppContext.SetSwitch(NoTagsOnRequests, false);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder))
            .WithTracing(tracing => tracing.AddSource(Sources).SetSampler(new AllButProbes()))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(null, logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            })
            .UseOtlpExporter();
        return builder;
    }

    private static void Describe(ResourceBuilder resource, IHostApplicationBuilder builder)
    {
        // A name from the environment wins; the default would be "unknown_service:dotnet".
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_SERVICE_NAME"]))
        {
            resource.AddService(builder.Environment.ApplicationName);
        }
    }

    /// <summary>Health probes come every second or so, say nothing, and would bury the rest.</summary>
    private sealed class AllButProbes : Sampler
    {
        private readonly ParentBasedSampler others = new(new AlwaysOnSampler());

        public override SamplingResult ShouldSample(in SamplingParameters parameters)
        {
            foreach (var (name, value) in parameters.Tags ?? [])
            {
                if (name == "url.path" && value is "/health" or "/alive")
                {
                    return new SamplingResult(SamplingDecision.Drop);
                }
            }

            return others.ShouldSample(parameters);
        }
    }
}
