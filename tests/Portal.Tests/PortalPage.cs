using Microsoft.Playwright;
using Performance.Portal.Fakes;

namespace Performance.Portal;

/// <summary>Every page and panel, who sees it, and what shows that it is there.</summary>
public sealed record PortalPage(string Name, string? User, string Path, string Shows)
{
    private static readonly string Jasmin = Organisation.Jasmin.ToString();

    private static readonly string Don = new Organisation().Agents.Single(a => a.Name == "Don Goodliffe").Id.ToString();

    /// <summary>A ticket of Jasmin's that came back twice.</summary>
    private static readonly string OwnRejected = new Organisation().Tickets
        .First(t => t.Agent == Organisation.Jasmin && t.Rejections.Count == 2).Id.ToString();

    public static IReadOnlyList<PortalPage> All { get; } =
    [
        new("sign-in", null, "/sign-in", "User name"),
        new("submit-ticket", null, "/submit", "What is it about?"),
        new("dashboard", "supervisor", "/dashboard", "Jasmin Reyes"),
        new("dashboard-filtered", "supervisor", "/dashboard?month=2026-10&type=Lien+release&sort=score&desc=true",
            "Type: Lien release"),
        new("dashboard-no-match", "supervisor", "/dashboard?month=2019-01", "No ticket matches these filters"),
        new("drill-down", "supervisor", $"/dashboard?panel=failedFirstPass&of={Jasmin}", "Excuse"),
        new("drill-down-events", "supervisor", "/dashboard?panel=rejectEvents&of=all", "Missing signature"),
        new("drill-down-cause", "supervisor", "/dashboard?panel=rejectEvents&of=all&key=Wrong+fee", "Excuse"),
        new("drill-down-day", "supervisor", "/dashboard?panel=touched&of=all&key=2026-11-20", "Touched on Fri, Nov 20"),
        new("escalations", "supervisor", "/dashboard?panel=oldTickets&of=all", "Open too long · everybody"),
        new("escalations-none", "supervisor", "/dashboard?status=Closed", "Nothing to escalate."),
        new("grade-receipt", "supervisor", $"/dashboard?panel=grade&of={Jasmin}", "What would change it"),
        new("coaching-sessions", "supervisor", $"/dashboard?panel=coachingSessions&of={Jasmin}", "Monthly one-on-one."),
        new("attendance", "supervisor", $"/dashboard?panel=attendance&of={Jasmin}", "Save attendance"),
        new("department", "head", "/department?month=2026-10&week=2026-W46", "Teams side by side"),
        new("department-people", "admin", "/department?month=2026-10&sort=failedFirstPassRate&desc=true"
            + "&panel=people&of=tags", "People · Tags and renewals"),
        new("department-no-team", "admin", "/department?department=field-offices", "No team in this department yet"),
        new("department-not-assigned", "new-head", "/department", "not assigned to a department yet"),
        new("pipeline", "supervisor", "/pipeline", "open, oldest first"),
        new("pipeline-filtered", "supervisor", "/pipeline?month=2026-11", "Ageing"),
        new("pipeline-no-match", "supervisor", "/pipeline?search=nothing+at+all", "No open ticket matches"),
        new("rejections", "supervisor", "/rejections", "Critical bottleneck"),
        new("rejections-by-month", "head", "/rejections?by=month&type=Lien+release", "Oct 2026"),
        new("rejections-list", "supervisor", "/rejections?of=all&label=Bad+VIN&in=2026-10", "Bad VIN · Oct 2026"),
        new("history", "supervisor", "/history", "Declining since Aug 2026"),
        new("history-receipt", "supervisor", $"/history?of={Jasmin}&in=2026-09", "What would change it"),
        new("as-of", "supervisor", "/as-of?asOf=2026-11-09T00:00:00-08:00&month=2026-11", "Known on"),
        new("as-of-explained", "supervisor", "/as-of?asOf=2026-11-09T00:00:00-08:00&month=2026-11"
            + $"&of={Jasmin}&number=allocated", "Open the ticket"),
        new("as-of-list", "supervisor", "/as-of?asOf=2026-11-09T00:00:00-08:00&month=2026-11"
            + $"&of={Jasmin}&number=allocated&list=then", "Known on Nov 9, 2026"),
        new("as-of-choose", "head", "/as-of", "Choose an instant"),
        new("months", "admin", "/months?month=2026-09", "would move"),
        new("months-unchanged", "supervisor", "/months?month=2026-08", "Nothing has changed since"),
        new("coaching", "supervisor", "/coaching", "Monthly one-on-one."),
        new("coaching-of-one", "supervisor", $"/coaching?agent={Jasmin}", "Print record"),
        new("coaching-log", "supervisor", $"/coaching?log={Jasmin}", "Save session"),
        new("coaching-own", "agent", "/coaching", "Your sessions"),
        new("work-log", "supervisor", "/work-log?month=2026-11", "from 75 % of it"),
        new("work-log-day", "supervisor", $"/work-log?month=2026-11&of={Don}&on=2026-11-12", "Second try"),
        new("work-log-none", "head", "/work-log?month=2026-01", "No work is logged for these days"),
        new("weekly-review", "supervisor", "/weekly-review", "rejection rate, fail threshold"),
        new("weekly-review-begun", "supervisor", "/weekly-review?week=2026-W46", "Two leads for the team briefing."),
        new("weekly-review-head", "head", "/weekly-review?week=2026-W46", "Reviews of your department"),
        new("my-performance", "agent", "/my", "This week’s performance"),
        new("my-payments", "agent", "/my?metric=payments", "Amount per call"),
        new("my-calls", "agent", "/my?metric=calls", "Peak hour"),
        new("my-scorecard", "agent", "/my/scorecard", "What would change it"),
        new("my-tickets", "agent", "/my/tickets", "Title transfer"),
        new("ticket", "supervisor", "/tickets/33333333-0000-4000-8000-000000000003", "Imported from clickup"),
        new("ticket-dispute", "agent", $"/tickets/{OwnRejected}", "Dispute all 2"),
        new("my-disputes", "agent", "/disputes?state=decided", "decided, latest first"),
        new("disputes", "supervisor", "/disputes", "The county lost page 2"),
        new("disputes-decided", "supervisor", "/disputes?state=decided", "the new form came out"),
        new("overrides", "supervisor", "/overrides?month=2026-10", "Audit trail"),
        new("overrides-none", "head", "/overrides?month=2026-01&by=nobody", "Nothing by nobody in your sight"),
        new("log-work", "agent", "/my/log", "Save the day"),
        new("inbox", "agent", "/inbox", "Ticket assigned: TT-100003"),
        new("import", "supervisor", "/import", "incident_event_log.zip"),
        new("import-result", "supervisor", "/import?id=44444444-0000-4000-8000-000000000002", "Refused rows"),
        new("people", "supervisor", "/people", "Priya Raman"),
        new("person", "supervisor", $"/people?tab=agents&agent={Jasmin}", "Same person twice"),
        new("teams", "admin", "/people?tab=teams", "Tags and renewals"),
        new("policy", "admin", "/policy", "How things are counted"),
        new("policy-version", "admin", "/policy?version=2", "Grades it moved"),
        new("users", "admin", "/users", "Sam Perez"),
        new("sync", "admin", "/sync", "This year’s tasks"),
        new("backup", "admin", "/backup", "up to date"),
        new("backup-refusals", "admin", "/backup", "up to date") { Then = BackupFiles.ShowRefusalsAsync },
        new("backup-mapping", "admin", "/backup", "up to date") { Then = BackupFiles.ShowMappingAsync },
        new("settings", "admin", "/settings", "Add a category"),
        new("denied", "agent", "/dashboard", "This page is not for your role."),
        new("not-there", "agent", "/no-such-page", "There is no such page")
    ];

    /// <summary>What is done on it before it is looked at.</summary>
    public Func<IPage, Task>? Then { get; init; }

    public override string ToString() => Name;

    /// <summary>Opens the page and waits until it shows what it is for.</summary>
    internal async Task<IPage> OpenAsync(PortalHost host)
    {
        var page = await host.OpenAsync(User, Path);
        await page.GetByText(Shows).Locator("visible=true").First.WaitForAsync();
        await (Then?.Invoke(page) ?? Task.CompletedTask);
        return page;
    }
}
