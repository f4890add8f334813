using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource without processes: a parameter, or a database that lives while its server does.</summary>
internal sealed class PassiveResource(IResource resource, ResourceNotificationService notifications)
{
    public async Task FollowAsync(CancellationToken stop)
    {
        if (resource is ParameterResource parameter)
        {
            var value = await parameter.GetValueAsync(stop).ConfigureAwait(false);
            await PublishAsync(s => s with
            {
                State = KnownResourceStates.Running, IsReady = true,
                Properties = [new("Value", value) { IsSensitive = parameter.Secret }],
            }).ConfigureAwait(false);
            return;
        }

        if (resource is not IResourceWithParent { Parent: { } parent })
        {
            await PublishAsync(s => s with { State = KnownResourceStates.Running }).ConfigureAwait(false);
            return;
        }

        await foreach (var change in notifications.WatchAsync(stop).ConfigureAwait(false))
        {
            if (!ReferenceEquals(change.Resource, parent))
                continue;

            // The server makes its databases when it is ready, so they run from then on.
            var above = change.Snapshot;
            var state = above.State?.Text == KnownResourceStates.Running && !above.IsReady
                ? KnownResourceStates.Starting : above.State?.Text;
            await PublishAsync(s => s.State?.Text == state ? s : s with
            {
                State = state, IsReady = false, StartTimeStamp = above.StartTimeStamp,
                HealthReports = [.. s.HealthReports.Select(r => r with { Status = null })],
            }).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(resource, resource.Name, change);
}
