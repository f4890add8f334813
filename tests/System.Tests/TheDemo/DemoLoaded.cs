using Microsoft.Extensions.DependencyInjection;
using Performance.Demo;
using Performance.Testing.Running;

namespace Performance.SystemTests.TheDemo;

/// <summary>
/// The demo organisation as <c>./run --demo</c> loads it, on the shared system: without the calls, which no grade
/// counts. (The resolvers have all of their incidents there, for the whole log is imported already.)
/// </summary>
internal sealed record DemoLoaded(Api Admin, IReadOnlyDictionary<string, Guid> Agents)
{
    private static readonly Lazy<Task<DemoLoaded>> Loaded = new(LoadAsync);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    public static DateOnly Today =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), Zone).DateTime);

    public static Task<DemoLoaded> OnceAsync() => Loaded.Value;

    public Guid Of(string userName) => Agents[Organisation.Of(userName).Name];

    /// <summary>One of the demo's sign-ins.</summary>
    public Task<Api> SignInAsync(string userName) =>
        Api.SignInAsync(Admin.Http, userName, RunningSystem.Password);

    public static async Task<DemoLoaded> LoadAsync()
    {
        var system = await SharedSystem.SystemAsync();
        var services = new ServiceCollection().AddLogging();
        LoadDemo.AddTo(services, new DemoSettings(
            system.Gateway.BaseAddress!, RunningSystem.AdminPassword, RunningSystem.Password, 0, 0, 0, 0, Zone));
        await using var demo = services.BuildServiceProvider();
        var admin = demo.GetRequiredService<GatewayClient>().SignIn("admin", RunningSystem.AdminPassword);
        var agents = await demo.GetRequiredService<LoadDemo>().RunAsync(admin, CancellationToken.None);
        return new DemoLoaded(await Api.AdminAsync(system), agents);
    }
}
