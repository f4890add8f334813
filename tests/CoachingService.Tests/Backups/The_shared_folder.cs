using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Performance.Testing;

namespace Performance.Coaching.Backups;

public sealed class The_shared_folder(CoachingApp app) : IClassFixture<CoachingApp>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("shared-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Is_never_seen_half_written_or_going_back()
    {
        var agent = await app.NewAgentAsync("north");
        using var done = new CancellationTokenSource();
        await using var first = Replica();
        var reader = Task.Run(() => ReadAsync(done.Token));
        const int changes = 300;
        var last = new JsonObject();
        foreach (var month in Enumerable.Range(0, changes))
        {
            await app.PutAsync(
                $"attendance/{agent}/{new DateOnly(2000, 1, 1).AddMonths(month):yyyy-MM}", new { percent = 90 });
            if (month % 100 == 99)
            {
                last = await UpToDateAsync(document => Months(document, agent) == month + 1);
            }
        }

        await done.CancelAsync();
        var (reads, versions, wrong) = await reader;
        Assert.Empty(wrong);
        Assert.True(reads > versions && versions > 1, $"{reads} reads saw {versions} versions");

        var status = await StatusAsync(first);
        Assert.Equal(
            (true, Path.GetFileName(folder), false, null),
            ((bool)status["enabled"]!, (string?)status["folder"], (bool)status["behind"]!, (string?)status["error"]));
        last.Remove("exportedAt");
        last.ShouldEqual(await app.ExportAsync());
    }

    [Fact]
    public async Task Has_one_writer_and_another_when_that_one_goes()
    {
        var agent = await app.NewAgentAsync("north");
        await using var second = Replica();
        await using (var first = Replica())
        {
            await app.PutAsync($"attendance/{agent}/2026-01", new { percent = 90 });
            await UpToDateAsync(document => Months(document, agent) == 1);
            Assert.Equal(1, await app.Database.ScalarAsync<long>("""
                select count(*) from pg_locks where locktype = 'advisory' and granted
                    and objid = (hashtext('backup_mirror')::bigint & 4294967295)::oid
                    and database = (select oid from pg_database where datname = current_database())
                """));
            await StopAsync(first);
        }

        await app.PutAsync($"attendance/{agent}/2026-02", new { percent = 90 });
        await UpToDateAsync(document => Months(document, agent) == 2);
    }

    [Fact]
    public async Task That_is_away_is_said_and_written_once_it_is_back()
    {
        Directory.Delete(folder);
        await File.WriteAllTextAsync(folder, "no folder");
        await using var replica = Replica();
        var status = await Eventually.ValueAsync(() => StatusAsync(replica), s => s["error"] is not null);
        Assert.True((bool)status["behind"]!);
        Assert.DoesNotContain(folder, status.ToJsonString());
        await app.PutAsync($"attendance/{app.Bob}/2026-01", new { percent = 90 });

        File.Delete(folder);
        Directory.CreateDirectory(folder);
        await UpToDateAsync(document => Months(document, app.Bob) == 1);
        status = await Eventually.ValueAsync(() => StatusAsync(replica), s => !(bool)s["behind"]!);
        Assert.Null(status["error"]);
        Assert.NotNull(status["lastWrittenAt"]);
    }

    [Fact]
    public async Task Keeps_the_old_file_whole_when_its_writer_is_killed_before_the_end()
    {
        await WriteAsync("old", publish: true);
        // Killed between the temporary file and its renaming: nothing of the writer runs any more.
        _ = await MirrorFile.WriteAsync(folder, "f", stream => stream.WriteAsync("new"u8.ToArray()).AsTask(), default);
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(folder, "f")));
        await Assert.ThrowsAsync<IOException>(() => MirrorFile.WriteAsync(folder, "f", async stream =>
        {
            await stream.WriteAsync("ha"u8.ToArray());
            throw new IOException("away");
        }, default));
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(folder, "f")));

        MirrorFile.Clean(folder, "f");
        Assert.Equal(["f"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
        await WriteAsync("newer", publish: true);
        Assert.Equal("newer", await File.ReadAllTextAsync(Path.Combine(folder, "f")));
    }

    [Fact]
    public async Task Is_off_unless_it_is_set() => Assert.Equal(
        """{"enabled":false,"folder":null,"lastWrittenAt":null,"behind":false,"error":null}""",
        (await app.GetAsync("backup/mirror")).ToJsonString());

    private WebApplicationFactory<Program> Replica()
    {
        var replica = app.Host(("Backup:SharedFolder", folder));
        _ = replica.Services;
        return replica;
    }

    private static Task StopAsync(WebApplicationFactory<Program> replica) =>
        replica.Services.GetRequiredService<IHost>().StopAsync();

    private static async Task<JsonNode> StatusAsync(WebApplicationFactory<Program> replica)
    {
        using var client = replica.CreateClient();
        return await client.CallAsync(
            HttpMethod.Get, "/api/coaching/backup/mirror", null, TestTokens.Shared.Admin()).JsonAsync();
    }

    private async Task<JsonObject> UpToDateAsync(Func<JsonObject, bool> holds) => await Eventually.ValueAsync(
        async () => JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(folder, MirrorSettings.FileName)))!.AsObject(), holds);

    private static int Months(JsonNode document, Guid agent) =>
        document["attendance"]!.AsArray().Count(a => (Guid)a!["agentId"]! == agent);

    private async Task WriteAsync(string text, bool publish)
    {
        await using var file = await MirrorFile.WriteAsync(
            folder, "f", stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)).AsTask(), default);
        if (publish)
        {
            file.Publish();
        }
    }

    /// <summary>Reads as fast as it can, and notes every version that is no document or older than the last.</summary>
    private async Task<(int Reads, int Versions, IReadOnlyList<string> Wrong)> ReadAsync(CancellationToken cancel)
    {
        var (reads, versions, last, months) = (0, 0, DateTimeOffset.MinValue, 0);
        var wrong = new List<string>();
        var file = Path.Combine(folder, MirrorSettings.FileName);
        while (!cancel.IsCancellationRequested)
        {
            if (!File.Exists(file))
            {
                if (reads > 0)
                {
                    wrong.Add("gone");
                }

                await Task.Yield();
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file, CancellationToken.None));
                var at = document.RootElement.GetProperty("exportedAt").GetDateTimeOffset();
                var count = document.RootElement.GetProperty("attendance").GetArrayLength();
                if (at < last || count < months)
                {
                    wrong.Add($"{count} months of {at:O} after {months} of {last:O}");
                }

                versions += at > last ? 1 : 0;
                (reads, last, months) = (reads + 1, at, count);
            }
            catch (JsonException e)
            {
                wrong.Add(e.Message);
            }
        }

        return (reads, versions, wrong);
    }
}
