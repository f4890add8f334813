using Microsoft.Playwright;
using Performance.Portal.Fakes;
using Performance.Portal.Show;
using static Microsoft.Playwright.Assertions;

namespace Performance.Portal;

public sealed class Coaching_is_logged_and_answered(PortalHost host) : PortalTest(host)
{
    private static readonly BusinessTime Time = new(
        TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"), TimeProvider.System);

    [Fact]
    public async Task A_supervisor_sees_all_sessions_and_narrows_them_to_an_agent()
    {
        var page = await OpenAsync("supervisor", "/coaching");
        var don = page.GetByRole(AriaRole.Article, new() { Name = "with Don Goodliffe" });
        await Expect(don).ToContainTextAsync("Hold tickets: agreed to ask the county");
        await page.GetByLabel("Agent", new() { Exact = true }).SelectOptionAsync("Jasmin Reyes");
        await Expect(don).ToHaveCountAsync(0);
        await Waits.UntilAsync(() => page.Url == $"{Host.Address}/coaching?agent={Organisation.Jasmin}");
        var session = page.GetByRole(AriaRole.Article, new() { Name = "Nov 12 with Jasmin Reyes" });
        await Expect(session).ToContainTextAsync("Use the signature checklist");
        await Expect(session.GetByRole(AriaRole.Link, new() { Name = "TT-100003" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_has_grade_C_or_D_this_month_is_due_until_a_session_is_logged()
    {
        MakeDue("Priya Raman");
        var page = await OpenAsync("supervisor", "/coaching");
        var due = page.GetByRole(AriaRole.Row, new() { Name = "Priya Raman" });
        await Expect(due).ToContainTextAsync("Due");
        await due.GetByRole(AriaRole.Link, new() { Name = "Log session with Priya Raman" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Log a coaching session" });
        await Expect(form.GetByLabel("Agent")).ToHaveValueAsync(
            Host.Gateway.Data.Agents.Single(a => a.Name == "Priya Raman").Id.ToString());
        await form.GetByLabel("Coaching notes").FillAsync("Looked at the returned titles.");
        await form.GetByLabel("Action item").FillAsync("Check the fee table first.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save session" }).ClickAsync();

        await Expect(form).ToBeHiddenAsync();
        await Expect(due).ToContainTextAsync("Talked this week");
        var session = page.GetByRole(AriaRole.Article, new() { Name = "with Priya Raman" });
        await Expect(session).ToContainTextAsync("Looked at the returned titles.");
        await Expect(session).ToContainTextAsync("Check the fee table first.");
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync("supervisor", $"/coaching?log={Organisation.Jasmin}");
        var form = page.GetByRole(AriaRole.Dialog);
        var notes = form.GetByLabel("Coaching notes");
        await notes.FillAsync("Hm.");
        await form.GetByLabel("Action item").FillAsync("Read the guide");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save session" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The notes are too short");
        await Expect(notes).ToHaveValueAsync("Hm.");

        await page.ReloadAsync();
        await Expect(notes).ToHaveValueAsync("Hm.");
        await Expect(form.GetByLabel("Action item")).ToHaveValueAsync("Read the guide");
    }

    [Fact]
    public async Task An_agent_acknowledges_and_does_the_action_item_and_logs_nothing()
    {
        var page = await OpenAsync("agent", "/coaching");
        await Expect(page.GetByText("Don Goodliffe")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Due this week")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Log session")).ToHaveCountAsync(0);
        var session = page.GetByRole(AriaRole.Article, new() { Name = "Session of Thu, Nov 12" });
        await session.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(session.GetByText("Acknowledged", new() { Exact = false }).First).ToBeVisibleAsync();
        await session.GetByRole(AriaRole.Button, new() { Name = "Mark done" }).ClickAsync();
        await Expect(session.GetByText($"Done {Time.Date(Time.Now)}")).ToBeVisibleAsync();
        await session.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(session.GetByRole(AriaRole.Button, new() { Name = "Mark done" })).ToBeVisibleAsync();
        var others = page.GetByRole(AriaRole.Article, new() { Name = "Oct 20" });
        await Expect(others.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_session_is_logged_from_a_ticket()
    {
        var ticket = Host.Gateway.Data.Tickets[7];
        var page = await OpenAsync("supervisor", $"/tickets/{ticket.Id}");
        await Expect(page.GetByText("No coaching session about this ticket.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log session" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await Expect(form.GetByText($"About ticket {ticket.ExternalId}")).ToBeVisibleAsync();
        await form.GetByLabel("Coaching notes").FillAsync("The plate number was copied wrongly.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save session" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("The plate number was copied wrongly.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Record (PDF)" })).ToHaveAttributeAsync(
            "href", $"/api/coaching/sessions/record.pdf?ticketId={ticket.Id}");
        var stored = Host.Gateway.Data.Sessions.Single(s => s.TicketId == ticket.Id);
        Assert.Equal((ticket.Agent, ticket.ExternalId), (stored.AgentId, stored.TicketName));
    }

    [Fact]
    public async Task The_record_is_printed_for_a_period()
    {
        var page = await OpenAsync("supervisor", $"/coaching?agent={Organisation.Jasmin}");
        await page.GetByText("Print record").ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2026-10-01");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-10-31");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Open the record (PDF)" });
        await Expect(link).ToHaveAttributeAsync(
            "href", $"/api/coaching/agents/{Organisation.Jasmin}/record.pdf?from=2026-10-01&to=2026-10-31");
        await Expect(link).ToHaveAttributeAsync("target", "_blank");
    }

    [Fact]
    public async Task An_acknowledgement_shows_on_the_supervisors_open_page()
    {
        var data = Host.Gateway.Data;
        var don = data.Agents.Single(a => a.Name == "Don Goodliffe").Id;
        var page = await OpenAsync("supervisor", $"/coaching?agent={don}");
        var session = page.GetByRole(AriaRole.Article, new() { Name = "with Don Goodliffe" });
        await Expect(session).Not.ToContainTextAsync("Acknowledged");
        await Waits.UntilAsync(() => Host.Gateway.Live.Listeners > 0);
        var at = data.Sessions.FindIndex(s => s.AgentId == don);
        data.Sessions[at] = data.Sessions[at] with { AcknowledgedAt = TimeProvider.System.GetUtcNow() };
        Host.Gateway.Live.Tell("coaching", $"[\"{don}\"]");
        await Expect(session).ToContainTextAsync("Acknowledged");
    }

    [Fact]
    public async Task A_head_of_department_reads_and_logs_nothing()
    {
        var page = await OpenAsync("head", $"/coaching?log={Organisation.Jasmin}");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.GetByText("Log session")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Mark done" })).ToHaveCountAsync(0);
    }

    /// <summary>Failed first-pass work of this month, enough for a D.</summary>
    private void MakeDue(string name)
    {
        var data = Host.Gateway.Data;
        var now = TimeProvider.System.GetUtcNow();
        var created = Time.Now.AddHours(-1).ToString("yyyy-MM") == now.ToString("yyyy-MM") ? now.AddHours(-1) : now;
        var agent = data.Agents.Single(a => a.Name == name).Id;
        data.Tickets.AddRange(Enumerable.Range(0, 40).Select(n => new FakeTicket
        {
            Id = Guid.NewGuid(), ExternalId = $"TT-9{n:00000}", Agent = agent, Type = "Lien release", State = "Texas",
            Status = "Closed", Created = created, Closed = now,
            Rejections = [new FakeRejection(Guid.NewGuid(), "Wrong fee", created)]
        }));
    }

    private async Task<IPage> OpenAsync(string user, string path)
    {
        var page = await Host.OpenAsync(user, path);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return page;
    }
}
