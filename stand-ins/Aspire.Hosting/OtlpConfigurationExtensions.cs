using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Makes resources send their telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    internal const string EndpointKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    internal const string ServiceNamePlaceholder = "{{- otelServiceName -}}";
    internal const string InstanceIdPlaceholder = "{{- otelServiceInstanceId -}}";

    /// <summary>Sets the OTEL variables, so that a resource's telemetry reaches the dashboard.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        var application = builder.ApplicationBuilder;
        return builder.WithAnnotation(new OtlpExporterAnnotation()).WithEnvironment(context =>
        {
            context.EnvironmentVariables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=" + InstanceIdPlaceholder;
            context.EnvironmentVariables["OTEL_SERVICE_NAME"] = ServiceNamePlaceholder;

            // Without a dashboard nobody listens: exporters would only retry and complain.
            if (application.Configuration["AppHost:OtlpEndpointUrl"] is not { Length: > 0 } url)
                return;
            context.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
            context.EnvironmentVariables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            if (application.Configuration["AppHost:OtlpApiKey"] is { } key)
                context.EnvironmentVariables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            if (!application.Environment.IsDevelopment())
                return;
            foreach (var name in new[] { "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY" })
                context.EnvironmentVariables[name] = "1000";
            context.EnvironmentVariables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            context.EnvironmentVariables["OTEL_TRACES_SAMPLER"] = "always_on";
            context.EnvironmentVariables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        });
    }
}
