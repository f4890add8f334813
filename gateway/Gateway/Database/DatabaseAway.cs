using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Performance.Gateway;

/// <summary>The identity database restarts: 503 with Retry-After instead of a server error.</summary>
internal sealed class DatabaseAway(ILogger<DatabaseAway> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        if (exception is not NpgsqlException { IsTransient: true } and not TimeoutException)
        {
            return false;
        }

        logger.LogWarning(exception, "The identity database does not answer");
        await Waiting.Problem(
            "The gateway's database does not answer.", TimeSpan.FromSeconds(2), StatusCodes.Status503ServiceUnavailable)
            .ExecuteAsync(http);
        return true;
    }
}
