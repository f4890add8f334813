using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Works out environment and arguments of a resource's processes.</summary>
internal sealed partial class Configurator(
    DistributedApplicationExecutionContext executionContext, ResourceLoggerService loggers)
{
    /// <summary>Environment and arguments; <paramref name="replica" /> fills what differs between replicas.</summary>
    public async Task<Configuration> ConfigureAsync(
        IResource resource, Replica replica, CancellationToken cancellationToken)
    {
        var sensitive = new HashSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var logger = loggers.GetLogger(resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            var context = new EnvironmentCallbackContext(executionContext, resource, values, cancellationToken)
            {
                Logger = logger,
            };
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            environment[name] = replica.Fill(await ResolveAsync(value, resource, cancellationToken)
                .ConfigureAwait(false) ?? "");
            if (IsSecret(value))
                sensitive.Add(name);
        }

        var args = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(new CommandLineArgsCallbackContext(args, resource, cancellationToken)
            {
                ExecutionContext = executionContext,
            }).ConfigureAwait(false);
        }

        var texts = new List<string>();
        foreach (var arg in args)
        {
            texts.Add(replica.Fill(
                await ResolveAsync(arg, resource, cancellationToken).ConfigureAwait(false) ?? ""));
        }

        return new Configuration(environment, sensitive, texts);
    }

    private async Task<string?> ResolveAsync(object value, IResource resource, CancellationToken cancellationToken) =>
        value switch
        {
            string text => text,
            IValueProvider provider => await provider.GetValueAsync(
                new ValueProviderContext { Caller = resource, ExecutionContext = executionContext },
                cancellationToken).ConfigureAwait(false),
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private static bool IsSecret(object? value) => value switch
    {
        ParameterResource parameter => parameter.Secret,
        EndpointReference or EndpointReferenceExpression => false,
        IValueWithReferences composed => composed.References.Any(IsSecret),
        _ => false,
    };

    internal sealed record Configuration(
        IReadOnlyDictionary<string, string> Environment, IReadOnlySet<string> Sensitive, IReadOnlyList<string> Args);

    /// <summary>One process of a resource: its id and the ports that it listens on.</summary>
    internal sealed partial record Replica(
        string ResourceName, string Id, string InstanceId, IReadOnlyDictionary<string, int> TargetPorts)
    {
        public string Fill(string text) => !text.Contains("{{-", StringComparison.Ordinal) ? text
            : Port().Replace(text, m => TargetPorts.TryGetValue(m.Groups[1].Value, out var port)
                    ? port.ToString(System.Globalization.CultureInfo.InvariantCulture) : m.Value)
                .Replace(OtlpConfigurationExtensions.ServiceNamePlaceholder, ResourceName, StringComparison.Ordinal)
                .Replace(OtlpConfigurationExtensions.InstanceIdPlaceholder, InstanceId, StringComparison.Ordinal);

        [GeneratedRegex("""\{\{- portForServing "([^"]+)" -\}\}""")]
        private static partial Regex Port();
    }
}
