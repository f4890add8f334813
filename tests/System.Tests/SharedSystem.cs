using System.Reflection;
using Performance.Testing.Running;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer("Performance.SystemTests.InOrder", "System.Tests")]
[assembly: TestFramework("Performance.SystemTests.StopsTheSystem", "System.Tests")]

namespace Performance.SystemTests;

/// <summary>
/// The one system that all tests of a run share: it is started by the first that needs it. Test collections run in
/// the order of their names, so that the first finds it empty and those that kill processes come last.
/// </summary>
internal static class SharedSystem
{
    private static readonly Lazy<Task<RunningSystem>> System = new(() => RunningSystem.StartAsync(
        typeof(SharedSystem).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration));

    public static Task<RunningSystem> SystemAsync() => System.Value;

    public static async Task StopAsync()
    {
        if (System.IsValueCreated && System.Value.IsCompletedSuccessfully)
        {
            await (await System.Value).DisposeAsync();
        }
    }
}

/// <summary>Collections by name.</summary>
public sealed class InOrder : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName, StringComparer.Ordinal);
}

/// <summary>Stops the system when the run is over: xunit has no fixture for a whole assembly.</summary>
public sealed class StopsTheSystem : XunitTestFramework
{
    public StopsTheSystem(IMessageSink messageSink)
        : base(messageSink) => DisposalTracker.Add(new End());

    private sealed class End : IDisposable
    {
        public void Dispose() => SharedSystem.StopAsync().GetAwaiter().GetResult();
    }
}
