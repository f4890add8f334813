using BenchmarkDotNet.Attributes;
using Performance.Testing;
using Performance.Tickets.Imports;

namespace Performance.Benchmarks;

/// <summary>The 141,712 rows of the ServiceNow log, in memory: what an import does apart from the database.</summary>
[MemoryDiagnoser]
public class ImportOfALog
{
    private static readonly ImportMapping Mapping = MappingJson.Read(TestData.ServiceNowMapping);
    private static readonly EventLogHistory History = new(Mapping);

    private string text = "";
    private (ImportRow Row, Guid? AgentId)[][] tickets = [];

    [GlobalSetup]
    public async Task LoadAsync()
    {
        text = string.Join('\n', TestData.ServiceNowRows().Select(cells => string.Join(',', cells)));
        var rows = new List<ImportRow>();
        using var table = await CsvTable.OpenAsync(new StringReader(text), default);
        var reader = ImportFile.RowsOf(table, Mapping);
        while (await table.ReadAsync(default))
        {
            rows.Add(reader.Read().Row!);
        }

        var agents = rows.Select(r => r.Assignee).OfType<string>().Distinct().ToDictionary(a => a, _ => Guid.NewGuid());
        tickets =
        [
            .. rows.GroupBy(r => r.ExternalId).Select(ticket => ticket
                .Select(r => (r, r.Assignee is { } name ? agents[name] : (Guid?)null)).ToArray())
        ];
    }

    /// <summary>What reading costs at least: no quotes, no checks.</summary>
    [Benchmark(Baseline = true)]
    public int SplitAtCommas() => text.Split('\n').Sum(line => line.Split(',').Length);

    [Benchmark]
    public async Task<int> ReadFieldsAsync()
    {
        using var table = await CsvTable.OpenAsync(new StringReader(text), default);
        var fields = 0;
        while (await table.ReadAsync(default))
        {
            fields += table.Count;
        }

        return fields;
    }

    [Benchmark]
    public async Task<int> ReadRowsAsync()
    {
        using var table = await CsvTable.OpenAsync(new StringReader(text), default);
        var reader = ImportFile.RowsOf(table, Mapping);
        var rows = 0;
        while (await table.ReadAsync(default))
        {
            rows += reader.Read().Row is null ? 0 : 1;
        }

        return rows;
    }

    [Benchmark]
    public int DecideEvents() => tickets.Sum(rows => History.Decide(rows, null, null).Events.Count);
}
