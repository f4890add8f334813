using FsCheck;
using FsCheck.Fluent;

namespace Performance.Tickets.Imports;

public sealed class Csv_is_read
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task With_any_line_end(string end) => Assert.Equal(
        [["a", "b"], ["1", "2"], ["3", "4"]], await Read.CsvAsync($"a,b{end}1,2{end}{end}3,4{end}"));

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task With_any_delimiter(char d) => Assert.Equal(
        [["a", "b,;\tc"], ["1", "2"]], await Read.CsvAsync($"a{d}\"b,;\tc\"\n1{d}2"));

    [Fact]
    public async Task With_quotes_and_line_ends_in_fields() => Assert.Equal(
        [["a", "b"], ["x \"y\" z", "1\r\n2"], ["", "end"]],
        await Read.CsvAsync("a,b\n\"x \"\"y\"\" z\",\"1\r\n2\"\n\"\",end"));

    [Fact]
    public async Task With_stray_quotes_as_they_stand() => Assert.Equal(
        [["a", "b"], ["5\" pipe", "\"x\" y"]], await Read.CsvAsync("a,b\n5\" pipe,\"x\" y\n"));

    [Fact]
    public async Task Lines_are_counted_as_an_editor_does()
    {
        using var table = await CsvTable.OpenAsync(new StringReader("a\n\"1\n2\r\n3\"\n\nx\r\"y\rz\"\rlast"), default);
        var lines = new List<int>();
        while (await table.ReadAsync(default))
        {
            lines.Add(table.Line);
        }

        Assert.Equal([2, 6, 7, 9], lines);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData(",,\n1,2,3", "header")]
    [InlineData("a\0b\n1", "header")]
    [InlineData("a,\"b\n1,2\n3,4", "line 1")]
    [InlineData("a,b\n1,2\n\"3,4\n5,6", "line 3")]
    public async Task Or_the_reason_says_why_not(string text, string reason) => Assert.Contains(
        reason, (await Assert.ThrowsAsync<ImportFailedException>(() => Read.CsvAsync(text))).Message);

    [Fact]
    public async Task A_row_without_end_does_not_fill_the_memory() => Assert.Contains(
        "line 2", (await Assert.ThrowsAsync<ImportFailedException>(
            () => Read.CsvAsync("a,b\n\"" + new string('x', 9_000_000)))).Message);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var text = Gen.Elements("", "a", "é", ",", ";", "\"", "\n", "\r\n", "\r", "x y", "\"\"", "=1+1", "漢", " ");
        var cell = Gen.ListOf(text).Select(parts => string.Concat(parts));
        var table = Gen.ArrayOf(Gen.ArrayOf(cell, 3), 40);
        Prop.ForAll(table.ToArbitrary(), rows =>
        {
            var written = string.Join('\n', rows.Select(r => string.Join(',', r.Select(Quoted))));
            var read = Read.CsvAsync("h1,h2,h3\n" + written).GetAwaiter().GetResult();
            return read.Skip(1).SelectMany(r => r).SequenceEqual(rows.SelectMany(r => r));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =1+1")]
    [InlineData("\t=1")]
    [InlineData("＝1+1")]
    public void No_cell_of_a_download_is_a_formula(string value) =>
        Assert.StartsWith("'", RefusedRows.Cell(value).TrimStart('"'));

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"")}\"";
}
