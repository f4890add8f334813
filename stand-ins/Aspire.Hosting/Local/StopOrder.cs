using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>In which order to stop: whoever uses a resource stops before it.</summary>
internal static class StopOrder
{
    /// <summary>Groups to stop one after the other; within a group all at once.</summary>
    public static IReadOnlyList<IReadOnlyList<IResource>> Layers(IReadOnlyList<IResource> resources)
    {
        var used = resources.ToDictionary(r => r, r => Used(r).Where(resources.Contains).ToHashSet());
        var layers = new List<IReadOnlyList<IResource>>();
        var left = resources.ToHashSet();
        while (left.Count > 0)
        {
            // Whoever is used only by what it uses itself: a circle stops together, before what it stands on.
            var free = left.Where(r => Reached(r, used).IsSupersetOf(left.Where(u => used[u].Contains(r)))).ToList();
            layers.Add(free);
            left.ExceptWith(free);
        }

        return layers;
    }

    private static HashSet<IResource> Reached(IResource from, Dictionary<IResource, HashSet<IResource>> used)
    {
        var reached = new HashSet<IResource> { from };
        var open = new Queue<IResource>([from]);
        while (open.TryDequeue(out var next))
        {
            foreach (var other in used[next].Where(reached.Add))
                open.Enqueue(other);
        }

        return reached;
    }

    /// <summary>What a resource waits for. References alone go both ways and give no order.</summary>
    private static IEnumerable<IResource> Used(IResource resource) => resource.Annotations.OfType<WaitAnnotation>()
        .SelectMany(w => new[] { w.Resource, (w.Resource as IResourceWithParent)?.Parent })
        .OfType<IResource>();
}
