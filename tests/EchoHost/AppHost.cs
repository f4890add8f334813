var builder = DistributedApplication.CreateBuilder(args);
var first = builder.AddProject<Projects.EchoService>("first").WithHttpEndpoint().WithHttpHealthCheck("/health");
builder.AddProject("second", "../EchoService/EchoService.csproj").WithHttpEndpoint().WithHttpHealthCheck("/health")
    .WithReference(first).WaitFor(first);
builder.Build().Run();
