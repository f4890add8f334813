using System.Globalization;
using System.Net;
using System.Text.Json;
using Polly;
using Polly.Timeout;

namespace Performance.Tickets.Sync;

/// <summary>A page of tasks as ClickUp sent it.</summary>
/// <param name="Tasks">In the order of the page.</param>
/// <param name="IsLast">No page follows.</param>
internal sealed record ClickUpPage(IReadOnlyList<JsonElement> Tasks, bool IsLast);

/// <summary>The part of ClickUp's API v2 that the sync needs, asked patiently (clickup.md, API v2).</summary>
/// <param name="http">Follows no redirects: the token would go along.</param>
/// <param name="settings">Where to ask.</param>
/// <param name="token">Sent as it is, as ClickUp wants it.</param>
/// <param name="patience">Asks again where that may help.</param>
/// <param name="clock">The time, to which waits are relative.</param>
internal sealed class ClickUpClient(
    HttpClient http, SyncSettings settings, string token, ResiliencePipeline<JsonElement> patience, TimeProvider clock)
{
    /// <param name="filter">Which tasks: <c>date_created_gt=…</c> or <c>date_updated_gt=…</c>.</param>
    /// <param name="page">From 0.</param>
    /// <param name="cancel">Cancels asking.</param>
    public async Task<ClickUpPage> PageAsync(string filter, int page, CancellationToken cancel)
    {
        var answer = await AskAsync(
            $"team/{Uri.EscapeDataString(settings.TeamId)}/task?page={page}&order_by=updated&subtasks=true"
            + $"&include_closed=true&{filter}",
            a => a.TryGetProperty("tasks", out var t) && t.ValueKind == JsonValueKind.Array, cancel);
        var tasks = answer.GetProperty("tasks").EnumerateArray().ToList();
        var saysMore = answer.TryGetProperty("last_page", out var last) && last.ValueKind == JsonValueKind.False;
        var saysLast = answer.TryGetProperty("last_page", out last) && last.ValueKind == JsonValueKind.True;
        return new ClickUpPage(
            tasks, saysLast || tasks.Count == 0 || (tasks.Count < SyncLimits.PageSize && !saysMore));
    }

    /// <summary>One task; null where there is none, or none any more.</summary>
    public async Task<JsonElement?> TaskAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await AskAsync(
                $"task/{Uri.EscapeDataString(id)}?include_subtasks=false", a => a.TryGetProperty("id", out _), cancel);
        }
        catch (RefusedRequestException e) when (e.Status is 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Since when the tasks have had their status, by task and status. A workspace may have that switched off: then
    /// there is nothing.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, StatusSince>> StatusSinceAsync(
        IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var found = new Dictionary<string, StatusSince>();
        foreach (var some in ids.Chunk(SyncLimits.PageSize))
        {
            try
            {
                if (some is [var id])
                {
                    var one = await AskAsync(
                        $"task/{Uri.EscapeDataString(id)}/time_in_status", a => a.TryGetProperty(
                            StatusSince.Property, out _), cancel);
                    StatusSince.Add(found, id, one);
                    continue;
                }

                var query = string.Join('&', some.Select(i => $"task_ids={Uri.EscapeDataString(i)}"));
                var all = await AskAsync($"task/bulk_time_in_status/task_ids?{query}", _ => true, cancel);
                foreach (var task in all.EnumerateObject())
                {
                    StatusSince.Add(found, task.Name, task.Value);
                }
            }
            catch (RefusedRequestException)
            {
                // Left to what the task itself says.
            }
        }

        return found;
    }

    private async Task<JsonElement> AskAsync(string path, Func<JsonElement, bool> isWhole, CancellationToken cancel)
    {
        try
        {
            return await patience.ExecuteAsync(
                async c => await OnceAsync($"{settings.BaseAddress}/api/v2/{path}", isWhole, c), cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SyncFailedException($"{new Uri(settings.BaseAddress).Authority} cannot be reached: {e.Message}");
        }
        catch (TimeoutRejectedException)
        {
            throw new SyncFailedException("ClickUp did not answer in time, several times in a row.");
        }
        catch (BrokenAnswerException e)
        {
            throw new SyncFailedException($"{e.Message} Several times in a row.");
        }
        catch (RateLimitedException e)
        {
            throw new SyncFailedException($"{e.Message} Again and again.");
        }
    }

    private async ValueTask<JsonElement> OnceAsync(
        string address, Func<JsonElement, bool> isWhole, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await http.SendAsync(request, cancel);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await RefusalAsync(response, cancel);
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            var answer = await JsonSerializer.DeserializeAsync<JsonElement>(body, cancellationToken: cancel);
            return answer.ValueKind == JsonValueKind.Object && isWhole(answer)
                ? answer
                : throw new BrokenAnswerException("ClickUp's answer is not what its API describes.");
        }
        catch (JsonException)
        {
            throw new BrokenAnswerException("ClickUp's answer broke off, or is no JSON.");
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        if (status == 429)
        {
            return new RateLimitedException(ClickUpPatience.WaitOf(response, clock.GetUtcNow()));
        }

        var said = await SaidAsync(response, cancel);
        return status switch
        {
            401 => new SyncFailedException($"ClickUp refuses the token ({status}{said}). Enter a valid one."),
            408 or 425 or >= 500 => new BrokenAnswerException($"ClickUp answered {status}{said}."),
            >= 300 and < 400 => new SyncFailedException(
                "The base address redirects elsewhere. Enter the address that it leads to."),
            404 => new RefusedRequestException(
                status, "ClickUp does not know this workspace at this address (404). Check both."),
            _ => new RefusedRequestException(status, $"ClickUp refuses the request ({status}{said}).")
        };
    }

    // ClickUp says {"err": …, "ECODE": …}; a relay may say anything.
    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            var answer = await JsonSerializer.DeserializeAsync<JsonElement>(body, cancellationToken: cancel);
            var text = TaskText.Of(answer, "err");
            return text.Length == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $": {string.Concat(text.Take(200).Where(c => !char.IsControl(c)))}");
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
