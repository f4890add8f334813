using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary>
/// Where everything goes. A more specific path wins over <c>{**rest}</c>, whatever the order. The first wall of
/// api.md's "who may what": roles; the services are the second one and also look at whose data it is.
/// </summary>
internal static class RouteTable
{
    public const string Tickets = "ticket-service";
    public const string Scoring = "scoring-service";
    public const string Coaching = "coaching-service";
    public const string Notifications = "notification-service";
    public const string Portal = "portal";

    private const string Anonymous = GatewayRoute.Anonymous;
    private const string Person = Policies.Person;
    private const string Admin = Policies.Administration;

    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<string> Services { get; } = [Tickets, Scoring, Coaching, Notifications, Portal];

    public static IReadOnlyList<GatewayRoute> Routes { get; } =
    [
        new("public-form", "/api/tickets", Tickets, Anonymous)
        {
            Methods = ["POST"], RateLimit = RateLimits.PublicForm, MaxBody = GatewayRoute.Megabyte
        },
        new("status-link", "/api/tickets/status/{**rest}", Tickets, Anonymous)
        {
            RateLimit = RateLimits.StatusLink, MaxBody = GatewayRoute.Megabyte
        },
        new("imports", "/api/tickets/imports/{**rest}", Tickets, Policies.Supervision)
        {
            MaxBody = 1024 * GatewayRoute.Megabyte
        },
        new("sync", "/api/tickets/sync/{**rest}", Tickets, Admin),
        new("sync-webhook", "/api/tickets/sync/webhook", Tickets, Anonymous)
        {
            Methods = ["POST"], RateLimit = RateLimits.Webhook, MaxBody = GatewayRoute.Megabyte
        },
        new("tickets-backup", "/api/tickets/backup", Tickets, Admin) { MaxBody = 128 * GatewayRoute.Megabyte },
        new("tickets", "/api/tickets/{**rest}", Tickets, Person),
        new("activity", "/api/activity/{**rest}", Tickets, Policies.Streaming),
        new("worklog", "/api/worklog/{**rest}", Tickets, Person),
        new("kpi-types", "/api/kpi-types/{**rest}", Tickets, Person),
        new("kpi-types-writes", "/api/kpi-types/{**rest}", Tickets, Admin) { Methods = Writes },
        new("departments", "/api/departments/{**rest}", Tickets, Person),
        new("departments-writes", "/api/departments/{**rest}", Tickets, Admin) { Methods = Writes },
        new("calendars", "/api/calendars/{**rest}", Tickets, Person),
        new("calendars-writes", "/api/calendars/{**rest}", Tickets, Admin) { Methods = Writes },

        new("scoring", "/api/scoring/{**rest}", Scoring, Person),
        new("scoring-stream", "/api/scoring/stream", Scoring, Person) { Endless = true },
        new("settings-writes", "/api/scoring/settings/{**rest}", Scoring, Admin) { Methods = Writes },
        new("policies-writes", "/api/scoring/policies/{**rest}", Scoring, Admin) { Methods = Writes },

        new("coaching", "/api/coaching/{**rest}", Coaching, Person),
        new("attendance-writes", "/api/coaching/attendance/{**rest}", Coaching, Policies.Supervision)
        {
            Methods = Writes
        },
        new("ramp-writes", "/api/coaching/ramp/{**rest}", Coaching, Policies.Supervision) { Methods = Writes },
        new("goals-writes", "/api/coaching/goals/{**rest}", Coaching, Policies.Supervision) { Methods = Writes },

        new("coaching-backup", "/api/coaching/backup/{**rest}", Coaching, Admin)
        {
            MaxBody = 128 * GatewayRoute.Megabyte
        },

        new("notifications", "/api/notifications/{**rest}", Notifications, Person),
        new("inbox-stream", "/api/notifications/inbox/stream", Notifications, Person) { Endless = true },

        new("openapi-tickets", "/openapi/tickets.json", Tickets, Anonymous) { ServicePath = Documents },
        new("openapi-scoring", "/openapi/scoring.json", Scoring, Anonymous) { ServicePath = Documents },
        new("openapi-coaching", "/openapi/coaching.json", Coaching, Anonymous) { ServicePath = Documents },
        new("openapi-notifications", "/openapi/notifications.json", Notifications, Anonymous)
        {
            ServicePath = Documents
        },

        // Its pages decide themselves; its circuit is a web socket.
        new("portal", "/{**rest}", Portal, Anonymous) { PassesCookies = true }
    ];

    private const string Documents = "/openapi/v1.json";
}
