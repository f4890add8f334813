using System.Net.Mail;
using Marten;
using Npgsql;
using Performance.Notifications.Email;
using SessionOptions = Marten.Services.SessionOptions;

namespace Performance.Notifications.Deliveries;

/// <summary>
/// Sends what is due. A delivery is claimed by a row lock that lasts until its outcome is committed: replicas do not
/// meet, and after a crash it is free at once (ADR 0061).
/// </summary>
internal sealed class Dispatcher(
    NpgsqlDataSource database,
    IDocumentStore store,
    Recipients recipients,
    MailComposer composer,
    IMailSender sender,
    Signals signals,
    TimeProvider clock,
    ILogger<Dispatcher> logger) : BackgroundService
{
    private const int Workers = 2;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Claims one delivery that is due and brings it to its next state.</summary>
    /// <returns>False if none is due, or others have them all.</returns>
    public async Task<bool> DispatchOneAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await ClaimAsync(connection, transaction, cancel) is not { } id)
        {
            return false;
        }

        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        var stream = await session.Events.FetchForWriting<Delivery>(id, cancel);
        if (stream.Aggregate is { State: DeliveryState.Queued } delivery)
        {
            var outcome = await AdvanceAsync(delivery, session, cancel);
            stream.AppendOne(outcome);
            if (NextDue(outcome) is { } due)
            {
                session.QueueSqlCommand(NotificationTables.Enqueue, id, due);
            }
            else
            {
                session.QueueSqlCommand(NotificationTables.Dequeue, id);
            }
        }
        else
        {
            session.QueueSqlCommand(NotificationTables.Dequeue, id);
        }

        // The message is out: a stop of the service must not prevent that from being recorded.
        await session.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stop)));

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var next = signals.NextDelivery;
                if (!await DispatchOneAsync(stop))
                {
                    await Task.WhenAny(next, Task.Delay(LookAgain, stop));
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogError(e, "A delivery could not be dispatched; it will be tried again");
                await Task.WhenAny(Task.Delay(LookAgain, stop));
            }
        }
    }

    private async Task<object> AdvanceAsync(Delivery delivery, IQuerySession session, CancellationToken cancel)
    {
        var (recipient, preferences) = await recipients.FindAsync(delivery.AgentId, session, cancel);
        if (DeliveryRules.Decide(delivery, recipient, preferences, clock.GetUtcNow()) is { } instead)
        {
            return instead;
        }

        try
        {
            var rendered = await composer.RenderAsync(delivery, recipient!.Name, cancel);
            using var message = composer.Compose(delivery.Id, rendered, recipient);
            await sender.SendAsync(delivery.Id, message, cancel);
            return DeliveryRules.Sent(delivery, clock.GetUtcNow());
        }
        catch (Exception e) when (e is SmtpException or IOException or TimeoutException or UnauthorizedAccessException
            or FormatException or InvalidDataException)
        {
            logger.LogWarning("Delivery {Delivery} failed: {Reason}", delivery.Id, e.Message);
            return DeliveryRules.Failed(delivery, Reason(e, recipient!.Email!), clock.GetUtcNow());
        }
    }

    private static DateTimeOffset? NextDue(object outcome) => outcome switch
    {
        DeliveryPostponed postponed => postponed.Until,
        DeliveryAttemptFailed failed => failed.RetryAt,
        _ => null
    };

    /// <summary>Servers repeat the address in what they refuse; addresses do not go into events.</summary>
    private static string Reason(Exception e, string address)
    {
        var text = e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
        text = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])
            .Replace(address, "(recipient)", StringComparison.OrdinalIgnoreCase);
        return text.Length > 500 ? text[..500] : text;
    }

    private async Task<Guid?> ClaimAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var claim = new NpgsqlCommand(
            """
            select delivery_id from delivery_queue where due_at <= $1
            order by due_at, delivery_id limit 1 for update skip locked
            """,
            connection, transaction);
        claim.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow().ToUniversalTime() });
        return await claim.ExecuteScalarAsync(cancel) as Guid?;
    }
}
