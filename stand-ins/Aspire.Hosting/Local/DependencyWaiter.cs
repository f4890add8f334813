using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Waits for what a resource waits for.</summary>
internal sealed class DependencyWaiter(
    ResourceNotificationService notifications, DistributedApplicationOptions options)
{
    public async Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToList();
        await Task.WhenAll(waits.Select(w => WaitAsync(w, cancellationToken))).ConfigureAwait(false);
    }

    private async Task WaitAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        // Without a dashboard nobody could see and repair a failure, so it ends the wait (as in the real host).
        var behavior = wait.WaitBehavior ?? (options.DisableDashboard
            ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        var name = wait.Resource.Name;
        switch (wait.WaitType)
        {
            case WaitType.WaitUntilHealthy:
                await notifications.WaitForResourceHealthyAsync(name, behavior, cancellationToken)
                    .ConfigureAwait(false);
                break;
            case WaitType.WaitUntilStarted:
                await notifications.WaitForResourceAsync(
                    name, e => e.Snapshot.State?.Text == KnownResourceStates.Running, cancellationToken)
                    .ConfigureAwait(false);
                break;
            default:
                var ended = await notifications.WaitForResourceAsync(
                    name, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text),
                    cancellationToken).ConfigureAwait(false);
                if (ended.Snapshot.ExitCode != wait.ExitCode)
                {
                    throw new DistributedApplicationException(
                        $"Resource '{name}' ended with exit code {ended.Snapshot.ExitCode}, expected {wait.ExitCode}.");
                }

                break;
        }
    }
}
