using System.Buffers;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;

namespace Performance.Tickets.Imports;

/// <summary>
/// <c>POST /api/tickets/imports</c>: takes a file; 202 once all of it is in the database, so that it is imported
/// whatever happens to this process.
/// </summary>
internal sealed class StartImport(
    NpgsqlDataSource database, ImportCatalogue catalogue, ImportSignal signal, ImportLimits limits, TimeProvider clock)
{
    internal sealed record Answer(Guid ImportId);

    public static void Map(IEndpointRouteBuilder routes, ImportLimits limits) => routes
        .MapPost("/api/tickets/imports", async (HttpContext http, StartImport start, CancellationToken cancel) =>
        {
            var id = await start.RunAsync(http.Request, CurrentUser.From(http.User).UserName, cancel);
            return Results.Accepted($"/api/tickets/imports/{id}", new Answer(id));
        })
        .RequireAuthorization(Policies.Supervision)
        .WithMetadata(new RequestSizeLimitAttribute(limits.LargestUpload))
        .Produces<Answer>(StatusCodes.Status202Accepted)
        .WithName("StartImport");

    private async Task<Guid> RunAsync(HttpRequest request, string user, CancellationToken cancel)
    {
        var key = RequestHeaders.IdempotencyKey(request);
        if (key is not null && await catalogue.FindByKeyAsync(user, key, cancel) is { } done)
        {
            return done;
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        try
        {
            await StoreAsync(request, id, user, key, now, cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && key is not null)
        {
            // The same request, sent twice at once.
            return (await catalogue.FindByKeyAsync(user, key, cancel))!.Value;
        }

        signal.Set();
        return id;
    }

    private async Task StoreAsync(
        HttpRequest request, Guid id, string user, string? key, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var upload = await UploadReader.ReadAsync(request, file => ChunksAsync(connection, id, file, cancel), cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            insert into import (
                id, status, profile, source, mapping, file_name, size, uploaded_by, uploaded_at, idempotency_key)
            values ($1, 'Running', $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            id, upload.Mapping?.Profile, upload.Mapping?.Source,
            upload.Mapping is null ? null : MappingJson.Write(upload.Mapping), upload.FileName, upload.Size, user, now,
            key));
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<long> ChunksAsync(
        NpgsqlConnection connection, Guid id, Stream file, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkStream.ChunkSize);
        try
        {
            long size = 0;
            for (var number = 0; ; number++)
            {
                var chunk = buffer.AsMemory(0, ChunkStream.ChunkSize);
                var length = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancel);
                if (length == 0)
                {
                    return size;
                }

                size += length;
                if (size > limits.LargestUpload)
                {
                    throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
                }

                await using var insert = new NpgsqlCommand(
                    "insert into import_chunk (import_id, number, data) values ($1, $2, $3)", connection);
                insert.Parameters.Add(new() { Value = id });
                insert.Parameters.Add(new() { Value = number });
                insert.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = chunk[..length] });
                await insert.ExecuteNonQueryAsync(cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
