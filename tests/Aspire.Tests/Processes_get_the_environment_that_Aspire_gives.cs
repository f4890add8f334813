namespace Performance.Hosting;

public sealed class Processes_get_the_environment_that_Aspire_gives
{
    [Fact]
    public async Task Own_address_references_values_and_nothing_of_the_hosts()
    {
        Environment.SetEnvironmentVariable("Parameters__of_the_host", "secret");
        await using var app = await TestApp.StartAsync(builder =>
        {
            var other = builder.AddEcho("other-service");
            var parameter = builder.AddParameter("word", "from a parameter", secret: true);
            builder.AddEcho("asker").WithReference(other).WithReference(other, "alias")
                .WithReference("outside", new Uri("http://example.test/"))
                .WithEnvironment("TEXT", "some text")
                .WithEnvironment("PARAMETER", parameter)
                .WithEnvironment("COMPOSED", $"[{parameter}] at {other.GetEndpoint("http")}")
                .WithEnvironment("ENDPOINT", other.GetEndpoint("http"))
                .WithEnvironment("OTHER_PORT", other.GetEndpoint("http").Property(EndpointProperty.Port))
                .WithEnvironment("CALLED", () => "by a function")
                .WithEnvironment(context => { context.EnvironmentVariables["CONTEXT"] = context.Resource.Name; })
                .WithArgs("--first", "1");
        });

        var all = await app.EnvironmentOfAsync("asker");
        var own = app.Application.GetEndpoint("asker");
        var other = app.Application.GetEndpoint("other-service");
        Assert.Equal($"http://localhost:{own.Port}", all["ASPNETCORE_URLS"]);
        Assert.Equal(other.ToString().TrimEnd('/'), all["services__other-service__http__0"]);
        Assert.Equal(other.ToString().TrimEnd('/'), all["services__alias__http__0"]);
        Assert.Equal(other.ToString().TrimEnd('/'), all["OTHER_SERVICE_HTTP"]);
        Assert.Equal("http://example.test/", all["services__outside__default__0"]);
        Assert.Equal("some text", all["TEXT"]);
        Assert.Equal("from a parameter", all["PARAMETER"]);
        Assert.Equal($"[from a parameter] at http://localhost:{other.Port}", all["COMPOSED"]);
        Assert.Equal($"http://localhost:{other.Port}", all["ENDPOINT"]);
        Assert.Equal($"{other.Port}", all["OTHER_PORT"]);
        Assert.Equal("by a function", all["CALLED"]);
        Assert.Equal("asker", all["CONTEXT"]);
        Assert.Equal("asker", all["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service.instance.id=[a-z]{8}$", all["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", all.Keys);
        Assert.DoesNotContain("ASPNETCORE_ENVIRONMENT", all.Keys);
        Assert.DoesNotContain("Parameters__of_the_host", all.Keys);
        Assert.Equal("""["--first","1"]""", await app.ClientOf("asker").GetStringAsync("/args", app.Stop));
    }

    [Fact]
    public async Task A_variable_of_choice_tells_the_port()
    {
        await using var app = await TestApp.StartAsync(builder => builder
            .AddProject("echo", TestApp.EchoProject).WithHttpEndpoint(env: "MY_PORT").WithHttpHealthCheck("/health"));
        var all = await app.EnvironmentOfAsync("echo");
        Assert.Equal($"{app.Application.GetEndpoint("echo").Port}", all["MY_PORT"]);
    }

    [Fact]
    public async Task Connection_strings_are_those_of_Aspire()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var password = builder.AddParameter("secret", "p;w", secret: true);
        var database = builder.AddPostgres("postgres", password: password).AddDatabase("tickets", "the_tickets");
        var rabbitmq = builder.AddRabbitMQ("rabbitmq", password: password);
        Allocate(database.Resource.Parent, 5001);
        Allocate(rabbitmq.Resource, 5002);

        IResourceWithConnectionString tickets = database.Resource;
        IResourceWithConnectionString bus = rabbitmq.Resource;
        Assert.Equal("Host=127.0.0.1;Port=5001;Username=postgres;Password=p;w;Database=the_tickets",
            await tickets.GetConnectionStringAsync());
        Assert.Equal("amqp://guest:p%3Bw@127.0.0.1:5002", await bus.GetConnectionStringAsync());
        Assert.Equal("{tickets.connectionString}", tickets.ValueExpression);
        Assert.Equal(["Host", "Port", "Username", "Password", "DatabaseName", "Uri", "JdbcConnectionString"],
            tickets.GetConnectionProperties().Select(p => p.Key));
        await builder.DisposeAsync();
    }

    private static void Allocate(IResourceWithEndpoints resource, int port)
    {
        var endpoint = resource.GetEndpoint("tcp").EndpointAnnotation;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", port);
    }
}
