using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs commands on resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, IServiceProvider services)
    {
        _notifications = notifications;
        _services = services;
    }

    /// <summary>Runs a command on every process of a resource.</summary>
    /// <param name="resource">Which resource.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands" /> or a command of its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it succeeded.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteAsync(resource, null, commandName, cancellationToken);

    /// <summary>Runs a command on a process.</summary>
    /// <param name="resourceId">Which process, or the name of a resource.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands" /> or a command of its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it succeeded.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (!_notifications.TryGetCurrentState(resourceId, out var state))
            return Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."));
        var process = ResourceName.Same(state.ResourceId, resourceId) ? resourceId : null;
        return ExecuteAsync(state.Resource, process, commandName, cancellationToken);
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource, string? process, string commandName, CancellationToken cancellationToken)
    {
        try
        {
            var own = resource.Annotations.OfType<ResourceCommandAnnotation>()
                .FirstOrDefault(c => c.Name == commandName);
            return own is null
                ? await _services.GetRequiredService<Orchestrator>()
                    .CommandAsync(resource, process, commandName, cancellationToken).ConfigureAwait(false)
                : await own.ExecuteCommand(new ExecuteCommandContext
                {
                    ServiceProvider = _services,
                    ResourceName = process ?? _notifications.IdOf(resource),
                    CancellationToken = cancellationToken,
                }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return CommandResults.Failure(e.Message);
        }
    }
}

/// <summary>Commands that every process understands.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts it.</summary>
    public static readonly string StartCommand = "resource-start";

    /// <summary>Stops it.</summary>
    public static readonly string StopCommand = "resource-stop";

    /// <summary>Stops and starts it.</summary>
    public static readonly string RestartCommand = "resource-restart";
}

/// <summary>A command of a resource's own.</summary>
/// <param name="name">Its name.</param>
/// <param name="displayName">What people read.</param>
/// <param name="executeCommand">Runs it.</param>
internal sealed class ResourceCommandAnnotation(
    string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand)
    : IResourceAnnotation
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;
}

/// <summary>What a command works on.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>Services of the application.</summary>
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>Id of the process or name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends the command.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>Outcome of a command.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it succeeded.</summary>
    public required bool Success { get; init; }

    /// <summary>Why not.</summary>
    public string? ErrorMessage { get; init; }
}

/// <summary>Makes outcomes of commands.</summary>
public static class CommandResults
{
    /// <summary>It succeeded.</summary>
    /// <returns>The outcome.</returns>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It failed.</summary>
    /// <param name="errorMessage">Why.</param>
    /// <returns>The outcome.</returns>
    public static ExecuteCommandResult Failure(string? errorMessage = null) =>
        new() { Success = false, ErrorMessage = errorMessage };
}

/// <summary>How a command of a resource's own is shown.</summary>
public class CommandOptions
{
    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>What to ask before it runs.</summary>
    public string? ConfirmationMessage { get; set; }
}
