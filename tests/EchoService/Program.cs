using System.Collections;

// With --exit=N it is a job: says so and ends. Otherwise it is a service that tells about itself.
if (args.FirstOrDefault(a => a.StartsWith("--exit=", StringComparison.Ordinal)) is { } exit)
{
    Console.WriteLine("job done");
    return int.Parse(exit["--exit=".Length..], System.Globalization.CultureInfo.InvariantCulture);
}

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health", () => "well");
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/args", () => args);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(e => (string)e.Key, e => (string?)e.Value));
app.MapPost("/say", (string text) => Console.WriteLine(text));
app.Run();
return 0;
