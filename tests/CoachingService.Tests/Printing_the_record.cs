using System.Net;
using Performance.Testing;

namespace Performance.Coaching;

public sealed class Printing_the_record(CoachingApp app) : IClassFixture<CoachingApp>
{
    [Fact]
    public async Task An_agents_record_has_header_sessions_states_and_lines_to_sign()
    {
        var agent = await app.NewAgentAsync("north");
        await LogAsync(agent, "2026-02-20", "The lien holder's signature was missing.\nThird time.", "TT-100003",
            new { text = "Read the guide", owner = "agent", dueDate = "2026-03-01" });
        await LogAsync(agent, "2026-01-10", "Ünïcode: Nguyễn, Łukasz, Γιώργος, Иван.");
        var page = Assert.Single(await PagesAsync($"agents/{agent}/record.pdf?from=2026-01-01&to=2026-03-31"));

        Assert.Equal($"Coaching record: Agent {agent}", $"{page[0]} {page[1]}");
        Assert.Contains("North", page);
        Assert.Contains("Jan 1, 2026 to Mar 31, 2026", page);
        Assert.Contains("2; action items open: 1", page);
        Assert.Contains(page, line => line.EndsWith(" by admin", StringComparison.Ordinal));
        Assert.Contains("Ünïcode: Nguyễn, Łukasz, Γιώργος, Иван.", page);
        Assert.Contains($"Agent {agent} with supervisor · about ticket TT-100003", page);
        Assert.Contains("Third time.", page);
        Assert.Contains("Open, overdue (agent, due Mar 1, 2026)", page);
        Assert.Equal(2, page.Count(line => line == "Not yet"));
        Assert.Equal(2, page.Count(line => line == "Date"));
        Assert.Equal("Page 1 of 1", page[^1]);
        Assert.True(
            page.ToList().IndexOf("Saturday, January 10, 2026") < page.ToList().IndexOf("Friday, February 20, 2026"));
    }

    [Fact]
    public async Task The_period_bounds_it_with_both_days_in()
    {
        var agent = await app.NewAgentAsync("north");
        foreach (var day in Enumerable.Range(1, 5))
        {
            await LogAsync(agent, $"2026-02-0{day}", $"day {day}");
        }

        var page = Assert.Single(await PagesAsync($"agents/{agent}/record.pdf?from=2026-02-02&to=2026-02-04"));
        Assert.Equal(["day 2", "day 3", "day 4"], Beginning("day ", page));
    }

    [Fact]
    public async Task Long_notes_go_over_pages_that_are_numbered()
    {
        var agent = await app.NewAgentAsync("north");
        await LogAsync(agent, "2026-02-01", string.Join(' ', Enumerable.Range(1, 3000).Select(n => $"w{n}")));
        var pages = await PagesAsync($"agents/{agent}/record.pdf");
        Assert.True(pages.Count > 3);
        Assert.Equal(
            Enumerable.Range(1, pages.Count).Select(n => $"Page {n} of {pages.Count}"), pages.Select(p => p[^1]));
        var words = pages.SelectMany(p => p).SelectMany(line => line.Split(' '))
            .Where(w => w.Length > 1 && w[0] == 'w' && char.IsAsciiDigit(w[1]));
        Assert.Equal(Enumerable.Range(1, 3000).Select(n => $"w{n}"), words);
    }

    [Fact]
    public async Task What_a_merged_record_brought_is_in_it_under_the_kept_name()
    {
        var (kept, merged) = (await app.NewAgentAsync("north"), await app.NewAgentAsync("north"));
        await LogAsync(merged, "2026-02-01", "Before the merge.");
        await app.PostAsync("agents/merge", new { keep = kept, merge = merged });
        var page = Assert.Single(await PagesAsync($"agents/{kept}/record.pdf"));
        Assert.Contains("Before the merge.", page);
        Assert.Contains($"Agent {kept} with supervisor", page);
    }

    [Fact]
    public async Task A_tickets_record_holds_only_what_the_asker_may_see()
    {
        var ticket = Guid.NewGuid();
        await app.PostAsync("sessions", new
        {
            agentId = app.Ann, ticketId = ticket, ticketName = "TT-7", date = "2026-01-15", notes = "To Ann."
        });
        await app.PostAsync("sessions", new
        {
            agentId = app.Bob, ticketId = ticket, ticketName = "TT-7", date = "2026-01-16", notes = "To Bob."
        });
        var path = $"sessions/record.pdf?ticketId={ticket}";
        var all = Assert.Single(await PagesAsync(path));
        Assert.Equal("Coaching record: TT-7", all[0]);
        Assert.Equal(["To Ann.", "To Bob."], Beginning("To ", all));
        var anns = Assert.Single(await PagesAsync(path, app.Token("ann")));
        Assert.Equal(["To Ann."], Beginning("To ", anns));
        Assert.Contains("No session was logged.", Assert.Single(await PagesAsync(
            $"sessions/record.pdf?ticketId={Guid.NewGuid()}", app.Token("ann"))));
    }

    [Fact]
    public async Task It_is_shown_by_the_browser_and_kept_by_no_cache()
    {
        var answer = await app.CallAsync("GET", $"agents/{app.Ann}/record.pdf", null, app.Token("ann"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private static IEnumerable<string> Beginning(string word, IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith(word, StringComparison.Ordinal));

    private Task LogAsync(
        Guid agent, string date, string notes, string? ticket = null, object? actionItem = null) =>
        app.PostAsync("sessions", new
        {
            agentId = agent, date, notes, actionItem, ticketName = ticket,
            ticketId = ticket is null ? (Guid?)null : Guid.NewGuid()
        }, app.Supervisor);

    private async Task<IReadOnlyList<IReadOnlyList<string>>> PagesAsync(string path, string? token = null)
    {
        var answer = await app.CallAsync("GET", path, null, token ?? app.Admin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return PdfText.Pages(await answer.Content.ReadAsByteArrayAsync());
    }
}
