namespace Performance.SystemTests.Hostile;

/// <summary>Bodies and addresses that no command takes.</summary>
internal static class CommandAttacks
{
    public static IEnumerable<Attack> Of(Guid agent, Guid ticket) =>
        [.. Fields(agent, ticket), .. Documents(agent, ticket), .. Addresses(), .. Queries(agent)];

    private static IEnumerable<Attack> Fields(Guid agent, Guid ticket)
    {
        var post = HttpMethod.Post;
        var put = HttpMethod.Put;
        var at = $"/api/tickets/{ticket}";
        return
        [
            .. Each(post, at + "/assign", "agentId", Values.NoId),
            .. Each(post, at + "/status", "status", Values.NoText.Concat([("null", "null"), ("empty", "\"\"")])),
            .. Each(post, at + "/status", "at", Values.NoInstant, "\"status\":\"Done\""),
            .. Each(post, at + "/rejections", "label", Values.NoText.Concat([("null", "null"), ("empty", "\"\"")])),
            .. Each(post, at + "/rejections", "at", Values.NoInstant, "\"label\":\"x\""),
            .. Each(post, at + "/excuse", "reason", Values.NoText.Concat([("null", "null"), ("empty", "\"\"")])),
            .. Each(post, at + "/excuse", "eventId", Values.NoId, "\"reason\":\"x\""),
            .. Each(post, at + "/excuse/withdraw", "reason", Values.NoText.Concat([("null", "null")])),
            .. Each(put, $"/api/coaching/attendance/{agent}/2025-03", "percent", Values.NoPercent),
            .. Each(put, $"/api/coaching/ramp/{agent}", "hireMonth",
                [("a word", "\"soon\""), ("month 13", "\"2026-13\""), ("a day", "\"2026-01-05\""), ("a number", "1")]),
            .. Each(put, $"/api/coaching/goals/{agent}", "metric",
                [("unknown", "\"happiness\""), ("a number", "1"), ("NUL", "\"\\u0000\"")],
                "\"amount\":5,\"from\":\"2026-01\""),
            .. Each(put, $"/api/coaching/goals/{agent}", "amount",
                [("negative", "-5"), ("a word", "\"x\""), ("1e400", "1e400"), ("an object", "{}")],
                "\"metric\":\"calls\",\"from\":\"2026-01\""),
            .. Each(put, $"/api/coaching/goals/{agent}", "currency",
                [("small", "\"usd\""), ("long", "\"DOLLAR\""), ("a number", "1")],
                "\"metric\":\"payments\",\"amount\":5,\"from\":\"2026-01\""),
            .. Each(post, "/api/coaching/sessions", "agentId", Values.NoId, "\"date\":\"2026-01-05\",\"notes\":\"x\""),
            .. Each(post, "/api/coaching/sessions", "date",
                [("a word", "\"today\""), ("no such day", "\"2026-02-30\""), ("a number", "1")],
                $"\"agentId\":\"{agent}\",\"notes\":\"x\""),
            .. Each(post, "/api/coaching/sessions", "notes", Values.NoText,
                $"\"agentId\":\"{agent}\",\"date\":\"2026-01-05\""),
            .. Each(post, "/api/coaching/agents", "name", Values.NoText.Concat([("null", "null"), ("empty", "\"\"")])),
            .. Each(post, "/api/coaching/agents/merge", "keep", Values.NoId, $"\"merge\":\"{agent}\""),
            .. Each(post, "/api/coaching/agents/merge", "merge", Values.NoId, $"\"keep\":\"{agent}\""),
            .. Each(post, "/auth/users", "userName", Values.NoText.Concat([("null", "null"), ("empty", "\"\"")]),
                "\"password\":\"a long enough password\",\"roles\":[\"agent\"]"),
            .. Each(post, "/auth/users", "roles",
                [("unknown", "[\"king\"]"), ("a text", "\"admin\""), ("numbers", "[1]")],
                "\"userName\":\"hostile\",\"password\":\"a long enough password\""),
            .. Each(post, "/auth/keys", "name", Values.NoText.Concat([("null", "null"), ("empty", "\"\"")]))
        ];
    }

    private static IEnumerable<Attack> Each(
        HttpMethod method, string path, string field, IEnumerable<(string Name, string Json)> values,
        string others = "")
    {
        foreach (var (name, json) in values)
        {
            var more = others.Length > 0 ? "," + others : "";
            yield return Attack.Json(method, path, $"{field}: {name}", $"{{\"{field}\":{json}{more}}}", field);
        }
    }

    private static IEnumerable<Attack> Documents(Guid agent, Guid ticket) =>
        from command in ((HttpMethod, string)[])
        [
            (HttpMethod.Post, $"/api/tickets/{ticket}/assign"), (HttpMethod.Post, $"/api/tickets/{ticket}/status"),
            (HttpMethod.Post, $"/api/tickets/{ticket}/rejections"),
            (HttpMethod.Post, $"/api/tickets/{ticket}/excuse"),
            (HttpMethod.Put, $"/api/coaching/attendance/{agent}/2025-03"),
            (HttpMethod.Put, $"/api/coaching/goals/{agent}"), (HttpMethod.Post, "/api/coaching/sessions"),
            (HttpMethod.Post, "/api/coaching/agents"), (HttpMethod.Post, "/auth/users"),
            (HttpMethod.Post, "/auth/login")
        ]
        from document in Values.NoDocument
        select Attack.Json(command.Item1, command.Item2, document.Name, document.Json);

    private static IEnumerable<Attack> Addresses()
    {
        foreach (var path in (string[])
            [
                "/api/tickets/nobody", "/api/tickets/00000000-0000-0000-0000-000000000000",
                "/api/tickets/imports/nothing", "/api/tickets/imports/nothing/refused", "/api/tickets/..%2f..%2fetc",
                "/api/scoring/scorecard/nobody/tickets?measure=rejected",
                "/api/scoring/agents/nobody/grade?month=2026-01",
                "/api/coaching/agents/nobody", "/api/worklog/nobody/2026-01-01"
            ])
        {
            yield return Attack.Get(path);
        }

        // Refused by the server before anybody could write a problem document.
        yield return Attack.Get("/api/tickets/%00", null);
    }

    private static IEnumerable<Attack> Queries(Guid agent)
    {
        foreach (var (query, field) in Values.Filters)
        {
            yield return Attack.Get("/api/scoring/scorecard?" + query, field);
            yield return Attack.Get(
                "/api/tickets?" + query, field is "month" or "week" or "day" or "coached" ? null : field);
            yield return Attack.Get(
                $"/api/scoring/scorecard/{agent}/tickets?measure=rejected&{query}", field == "assignee" ? null : field);
        }

        foreach (var (query, field) in Values.Paging)
        {
            yield return Attack.Get("/api/tickets?" + query, field);
            yield return Attack.Get($"/api/scoring/scorecard/{agent}/tickets?measure=allocated&{query}", field);
        }

        foreach (var value in (string[])["-1", "x", "99999999999999999999", "1.5", "%00"])
        {
            yield return Attack.Get($"/api/scoring/scorecard?atLeast={value}", "atLeast");
        }

        foreach (var value in (string[])["", "nothing", "%00", "allocated;drop table", "1"])
        {
            yield return Attack.Get($"/api/scoring/scorecard/{agent}/tickets?measure={value}", "measure");
        }

        foreach (var value in (string[])["", "2026-13", "x", "%00"])
        {
            yield return Attack.Get($"/api/scoring/agents/{agent}/grade?month={value}", "month");
        }
    }
}
