using System.Data;
using Npgsql;
using Performance.ServiceDefaults.Identity;

namespace Performance.Coaching.Backups;

/// <summary><c>GET backup</c>: the whole document, TicketService's sections included, as a file.</summary>
internal static class ExportBackup
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/backup", (
            HttpContext http, NpgsqlDataSource database, TimeProvider clock, IConfiguration configuration) =>
        {
            var now = clock.GetUtcNow();
            var day = new BusinessDay(configuration).Of(now);
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.Stream(
                body => WriteAsync(body, database, now, http.RequestAborted), "application/json",
                $"tt-portal-data-{day:yyyy-MM-dd}.json");
        })
        .RequireAuthorization(Policies.Administration)
        .Produces(StatusCodes.Status200OK, contentType: "application/json");

    private static async Task WriteAsync(
        Stream body, NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await BackupDocument.WriteAsync(body, connection, now, cancel);
    }
}
