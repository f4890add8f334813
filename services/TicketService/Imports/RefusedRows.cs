using System.Globalization;
using System.Text;
using Npgsql;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Imports;

/// <summary><c>GET /api/tickets/imports/{id}/refused</c>: the rows that did not go in, as CSV.</summary>
internal static class RefusedRows
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/imports/{id}/refused", async (
            string id, HttpResponse response, ImportCatalogue imports, NpgsqlDataSource database,
            CancellationToken cancel) =>
        {
            var importId = Input.Id("id", id);
            if (await imports.FindAsync(importId, cancel) is null)
            {
                throw new NotFoundException("There is no such import.");
            }

            response.ContentType = "text/csv; charset=utf-8";
            response.Headers.ContentDisposition = $"attachment; filename=\"refused-{importId}.csv\"";
            await WriteAsync(response.Body, importId, database, cancel);
        })
        .RequireAuthorization(Policies.Supervision)
        .Produces<string>(StatusCodes.Status200OK, "text/csv")
        .WithName("RefusedRows");

    /// <summary>A cell that no spreadsheet takes for a formula, quoted where it must be.</summary>
    public static string Cell(string? value)
    {
        var text = value ?? "";
        if (text.TrimStart(' ') is [var first, ..] && "=+-@\t\r\n＝＋－＠".Contains(first))
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",;\"\r\n\t") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }

    private static async Task WriteAsync(
        Stream body, Guid importId, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(false)) { NewLine = "\r\n" };
        await writer.WriteLineAsync("line,column,reason,value");
        await using var select = database.CreateCommand("""
            select line, column_name, reason, value from import_refused where import_id = $1 order by line
            """);
        select.Parameters.Add(new() { Value = importId });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            await writer.WriteLineAsync(string.Join(
                ',',
                reader.GetInt32(0).ToString(CultureInfo.InvariantCulture),
                Cell(reader.GetString(1)),
                Cell(reader.GetString(2)),
                Cell(reader.IsDBNull(3) ? null : reader.GetString(3))));
        }
    }
}
