using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>In which order to stop: whoever uses a resource stops before it.</summary>
internal static class StopOrder
{
    /// <summary>Groups to stop one after the other; within a group all at once.</summary>
    public static IReadOnlyList<IReadOnlyList<IResource>> Layers(IReadOnlyList<IResource> resources)
    {
        var users = resources.ToDictionary(r => r, _ => new HashSet<IResource>());
        foreach (var resource in resources)
        {
            foreach (var used in Used(resource))
            {
                if (users.TryGetValue(used, out var list) && !ReferenceEquals(used, resource))
                    list.Add(resource);
            }
        }

        var layers = new List<IReadOnlyList<IResource>>();
        var left = resources.ToHashSet();
        while (left.Count > 0)
        {
            // Services that refer to one another have no order: the least used of the rest go first.
            var free = left.Where(r => !users[r].Overlaps(left)).ToList();
            if (free.Count == 0)
            {
                var least = left.Min(r => users[r].Count(left.Contains));
                free = [.. left.Where(r => users[r].Count(left.Contains) == least)];
            }

            layers.Add(free);
            left.ExceptWith(free);
        }

        return layers;
    }

    /// <summary>What a resource waits for. References alone go both ways and give no order.</summary>
    private static IEnumerable<IResource> Used(IResource resource) => resource.Annotations.OfType<WaitAnnotation>()
        .SelectMany(w => new[] { w.Resource, (w.Resource as IResourceWithParent)?.Parent })
        .OfType<IResource>();
}
