using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Activity;

/// <summary>
/// <c>POST /api/activity</c>: CloudEvents 1.0, single (binary or structured) or batched; 202 once they are durable.
/// </summary>
internal static class PostActivity
{
    private const int LargestBody = 8 * 1024 * 1024;
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    /// <param name="Accepted">Events taken.</param>
    /// <param name="Duplicates">Events that had been taken before, or stand twice in the batch.</param>
    /// <param name="Rejected">Events that cannot be taken.</param>
    internal sealed record Answer(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/activity", async (
            HttpRequest request, ActivityIntake intake, TimeProvider clock, CancellationToken cancel) =>
        {
            var batch = await ReadAsync(request, clock.GetUtcNow(), cancel);
            var accepted = await intake.StoreAsync(batch.Events, cancel);
            return Results.Accepted(null, new Answer(
                accepted, batch.Repeats + batch.Events.Count - accepted, batch.Rejected));
        })
        .RequireAuthorization(Policies.Streaming)
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .Produces<Answer>(StatusCodes.Status202Accepted)
        .WithName("PostActivity");

    private static async Task<ActivityBatch> ReadAsync(
        HttpRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        var media = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value : null;
        using var body = await ParseAsync(request, cancel);
        if (string.Equals(media, Batch, StringComparison.OrdinalIgnoreCase))
        {
            return ActivityBatch.Read(body.RootElement, now);
        }

        if (string.Equals(media, Structured, StringComparison.OrdinalIgnoreCase))
        {
            return new ActivityBatch([CloudEvent.Read(body.RootElement, now)], 0, []);
        }

        if (BinaryMode.Attributes(request.Headers) is not { } attributes)
        {
            throw new InvalidFieldException(
                "Content-Type", $"is none of {Structured}, {Batch}, and no ce- headers came");
        }

        return media is not null && CloudEvent.IsJson(media)
            ? new ActivityBatch([CloudEvent.Read(new JsonFields(attributes, ""), body.RootElement, now)], 0, [])
            : throw new InvalidFieldException("Content-Type", "is not JSON");
    }

    private static async Task<JsonDocument> ParseAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
        }
        catch (JsonException e)
        {
            throw new InvalidFieldException(
                "body", $"is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine})");
        }
    }
}
