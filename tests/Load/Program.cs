using Performance.Load;

// tests/Load [row names] [--address=http://127.0.0.1:8080 --password=…]: see docs/performance.md.
var settings = LoadSettings.Parse(args);
await using var context = new LoadContext(settings);
var table = new Table();
foreach (var row in Rows.All.Where(row => settings.Picks(row.Name)))
{
    await table.MeasureAsync(row, context);
}

Console.WriteLine(table);
