using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Performance.Demo;
using Performance.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);
builder.AddTelemetry();
builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
LoadDemo.AddTo(builder.Services, DemoSettings.From(builder.Configuration));
builder.Services.AddSingleton<LoadHistory>();
builder.Services.AddSingleton<StreamActivity>();
builder.Services.AddSingleton<MoveTickets>();
builder.Services.AddHostedService<DemoWorker>();
await builder.Build().RunAsync();
