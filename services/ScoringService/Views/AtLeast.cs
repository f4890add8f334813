using System.Globalization;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Views;

/// <summary>
/// <c>atLeast=</c>: a query waits, up to 2 s, until the views hold what a command did, whichever store the command's
/// position belongs to: first until the feed from there has come that far, then until the views have.
/// </summary>
internal sealed class AtLeast(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The position asked for, or null.</summary>
    /// <exception cref="InvalidFieldException">It is not a position that scoring follows.</exception>
    public static StorePosition? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && StorePosition.TryParse(value, out var position) && position.Store != EventStoreId.Notifications
            ? position
            : throw new InvalidFieldException("atLeast", "is not a position that a command or query has answered");
    }

    /// <summary>Whether the position was reached in time.</summary>
    /// <param name="position">The position.</param>
    /// <param name="ticketFeed">Which of TicketService's feeds the asking view is made from.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<bool> ReachedAsync(StorePosition position, string ticketFeed, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        long? own = position.Store == EventStoreId.Scoring ? position.Sequence : null;
        var feed = position.Store == EventStoreId.Coaching ? "coaching" : ticketFeed;
        while (true)
        {
            own ??= await ArrivedAsync(feed, position.Sequence, cancel);
            if (own is { } sequence && await ViewsAsync(cancel) >= sequence)
            {
                return true;
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>Once the feed has come so far: the last event of the own store, which comes after it.</summary>
    private async Task<long?> ArrivedAsync(string feed, long sequence, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select (select coalesce(max(seq_id), 0) from mt_events) from feed_cursor
            where feed = $1 and position >= $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = feed });
        command.Parameters.Add(new NpgsqlParameter { Value = sequence });
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    private async Task<long> ViewsAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select last_seq_id from mt_event_progression where name = '{ScoringViews.Shard}'");
        return await command.ExecuteScalarAsync(cancel) as long? ?? 0;
    }
}

/// <summary>Puts <see cref="AtLeast"/> before an endpoint.</summary>
internal static class AtLeastEndpoints
{
    /// <summary>For views made from the tickets feed.</summary>
    public static RouteHandlerBuilder WaitsForTickets(this RouteHandlerBuilder endpoint) => Waits(endpoint, "tickets");

    /// <summary>For views made from the activity feed.</summary>
    public static RouteHandlerBuilder WaitsForActivity(this RouteHandlerBuilder endpoint) =>
        Waits(endpoint, "activity");

    private static RouteHandlerBuilder Waits(RouteHandlerBuilder endpoint, string ticketFeed) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (AtLeast.Parse(http.Request.Query["atLeast"]) is { } position
                && !await http.RequestServices.GetRequiredService<AtLeast>()
                    .ReachedAsync(position, ticketFeed, http.RequestAborted))
            {
                http.Response.Headers.RetryAfter = "1";
                return Results.Problem(
                    title: "The views have not come that far yet.",
                    statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            return await next(context);
        });
}
