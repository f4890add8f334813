namespace Performance.Hosting;

public sealed class A_test_takes_hold_of_a_host
{
    [Fact]
    public async Task Changes_it_and_starts_it()
    {
        using var data = new DataFolderFor();
        using var patience = new CancellationTokenSource(TestApp.Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.EchoHost>(
            [$"Aspire:Store:Path={data.Path}"], patience.Token);
        Assert.Equal(TestApp.EchoHostFolder, builder.AppHostDirectory);
        var second = builder.Resources.OfType<ProjectResource>().Single(r => r.Name == "second");
        builder.CreateResourceBuilder(second).WithEnvironment("ADDED", "by the test");

        await using var app = await builder.BuildAsync(patience.Token);
        await app.StartAsync(patience.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", patience.Token);
        Assert.Contains("\"ADDED\":\"by the test\"",
            await app.CreateHttpClient("second").GetStringAsync("/environment", patience.Token));
        Assert.Throws<ArgumentException>(() => app.GetEndpoint("third"));
        await app.StopAsync(patience.Token);
    }

    [Fact]
    public async Task Names_are_checked_and_unique()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddParameter("one", "1");
        Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("ONE", "2"));
        Assert.Throws<ArgumentException>(() => builder.AddParameter("one_two", "2"));
        var echo = builder.AddEcho("echo");
        Assert.Throws<DistributedApplicationException>(() => echo.WithHttpEndpoint());
        Assert.Throws<DistributedApplicationException>(() => echo.WaitFor(echo));
    }
}
