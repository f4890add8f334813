using Performance.Portal.Sessions;

namespace Performance.Portal.Components.Layout;

/// <summary>A way to a page.</summary>
public sealed record RailItem(string Href, string Icon, string Label, string? Short = null);

/// <summary>What the role may use; nothing else is shown.</summary>
public static class RailItems
{
    private static readonly RailItem Department = new("/department", "columns-3", "Department", "Teams");

    public static IReadOnlyList<RailItem> For(PortalUser? user) => user is null ? [] : [.. Choose(user)];

    private static IEnumerable<RailItem> Choose(PortalUser user)
    {
        if (user is { ComparesTeams: true, Supervises: false })
        {
            yield return Department;
        }

        if (user.Oversees)
        {
            yield return new("/dashboard", "layout-dashboard", "Dashboard");
            if (user is { ComparesTeams: true, Supervises: true })
            {
                yield return Department;
            }

            yield return new("/pipeline", "hourglass", "Pipeline");
            yield return new("/rejections", "undo-2", "Rejections");
            yield return new("/history", "history", "History");
            yield return new("/disputes", "message-square-warning", "Disputes");
            yield return new("/overrides", "shield-check", "Overrides");
            yield return new("/as-of", "clock", "As known then", "As of");
            yield return new("/months", "lock", "Months");
            yield return new("/coaching", "messages-square", "Coaching");
            yield return new("/work-log", "clipboard-list", "Work log");
            yield return new("/weekly-review", "list-checks", "Weekly review", "Review");
        }

        if (user.IsAgent)
        {
            yield return new("/my", "gauge", "My performance", "My day");
            yield return new("/my/tickets", "ticket", "My tickets", "Tickets");
            yield return new("/my/scorecard", "award", "My scorecard", "Scorecard");
            yield return new("/my/log", "clipboard-list", "Log work", "Log");
            if (!user.Oversees)
            {
                yield return new("/disputes", "message-square-warning", "My disputes", "Disputes");
                yield return new("/coaching", "messages-square", "Coaching");
            }
        }

        if (user.Supervises)
        {
            yield return new("/import", "file-input", "Import");
            yield return new("/people", "users", "People and teams", "People");
        }

        if (user.IsAdmin)
        {
            yield return new("/policy", "sliders-horizontal", "Score policy", "Policy");
            yield return new("/sync", "refresh-cw", "ClickUp sync", "Sync");
            yield return new("/backup", "archive", "Backup");
            yield return new("/users", "key-round", "Users and keys", "Users");
            yield return new("/settings", "settings", "Settings");
        }

        yield return new("/inbox", "inbox", "Inbox");
    }
}
