using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Performance.ServiceDefaults.Problems;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>
/// <c>POST /api/tickets/sync/webhook</c>: ClickUp tells that a task changed. Whoever knows the secret is ClickUp; the
/// notice is only remembered, and the task fetched behind the answer.
/// </summary>
internal sealed class ReceiveWebhook(
    IDocumentStore store, NpgsqlDataSource database, SyncSecrets secrets, SyncSignal signal, TimeProvider clock,
    ILogger<ReceiveWebhook> logger)
{
    private const int LargestBody = 256 * 1024;
    private const int MostItems = 200;
    private const int LongestId = 100;
    private const string Deleted = "taskDeleted";

    /// <param name="Queued">Whether the task is going to be fetched.</param>
    internal sealed record Answer(bool Queued);

    /// <summary>What a notice says.</summary>
    internal sealed record Notice(string WebhookId, string Event, string TaskId, IReadOnlyList<string> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/sync/webhook", async (
            HttpContext http, ReceiveWebhook receive, CancellationToken cancel) =>
            await receive.RunAsync(http.Request, cancel))
        .AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .Produces<Answer>()
        .WithName("ReceiveSyncWebhook");

    /// <summary>Whether the signature is the hex HMAC-SHA256 of the body with the secret.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> body, string? signature, string secret)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), body, expected);
        return signature?.Length == 2 * given.Length
            && Convert.FromHexString(signature, given, out _, out _) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    // Anybody may post here: whoever has no signature is not read, and whoever has a wrong one costs no new memory.
    private async Task<IResult> RunAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.Headers["X-Signature"].ToString() is not { Length: > 0 } signature)
        {
            return NotSigned();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(LargestBody + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, LargestBody + 1), LargestBody + 1, throwOnEndOfStream: false, cancel);
            return length <= LargestBody
                ? await AnswerAsync(buffer.AsMemory(0, length), signature, cancel)
                : throw new BadHttpRequestException(
                    "The notice is too large.", StatusCodes.Status413PayloadTooLarge);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<IResult> AnswerAsync(ReadOnlyMemory<byte> body, string signature, CancellationToken cancel)
    {
        if (await SecretAsync(cancel) is not { } secret || !IsSigned(body.Span, signature, secret))
        {
            return NotSigned();
        }

        var notice = Read(body.Span);
        var settings = await SyncSettingsAggregation.LoadAsync(store, cancel);
        var queued = settings is { Enabled: true } && notice.Event != Deleted && await RememberAsync(notice, cancel);
        if (queued)
        {
            signal.Set();
        }

        return Results.Ok(new Answer(queued));
    }

    private async Task<string?> SecretAsync(CancellationToken cancel)
    {
        try
        {
            return await secrets.FindAsync(SyncSecrets.Webhook, cancel);
        }
        catch (SyncFailedException e)
        {
            logger.LogWarning("A webhook's notice was refused: {Reason}", e.Message);
            return null;
        }
    }

    private static IResult NotSigned() =>
        Results.Problem(statusCode: 401, title: "X-Signature is not that of this body.");

    // An item that came before changes nothing. A notice without items has nothing to tell it by: fetching is harmless.
    private async Task<bool> RememberAsync(Notice notice, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            insert into sync_delivery (webhook_id, history_item_id, received_at)
            select $1, item, $3 from unnest($2::text[]) as item on conflict do nothing
            """, notice.WebhookId, notice.Items.ToArray(), now));
        await batch.ExecuteNonQueryAsync(cancel);
        if (notice.Items.Count > 0 && batch.BatchCommands[0].RecordsAffected == 0)
        {
            return false;
        }

        await using var queue = new NpgsqlCommand("""
            insert into sync_task (task_id, asked_at, next_at) values ($1, $2, $2)
            on conflict (task_id) do update set
                asked_at = excluded.asked_at, next_at = excluded.next_at, attempts = 0, error = null
            """, connection, transaction);
        queue.Parameters.Add(new() { Value = notice.TaskId });
        queue.Parameters.Add(new() { Value = now });
        await queue.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static Notice Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var notice = JsonSerializer.Deserialize<JsonElement>(body);
            var items = TaskText.Entries(notice, "history_items").Select(item => TaskText.Of(item, "id"))
                .Where(id => id.Length > 0).Distinct().Take(MostItems).Select(id => Id("history_items", id)).ToList();
            return new Notice(
                Id("webhook_id", TaskText.Of(notice, "webhook_id")), TaskText.Of(notice, "event"),
                Id("task_id", TaskText.Of(notice, "task_id")), items);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidFieldException("body", "is no JSON of a webhook");
        }
    }

    private static string Id(string field, string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? id
            : throw new InvalidFieldException(field, "is missing, or no id");
}
