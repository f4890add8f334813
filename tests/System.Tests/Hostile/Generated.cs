using System.Text;
using System.Text.Json.Nodes;
using Performance.Testing.Running;

namespace Performance.SystemTests.Hostile;

/// <summary>Requests spoiled at random, the same ones in every run: any answer but a 5xx will do.</summary>
internal static class Generated
{
    private static readonly string[] Nasty =
    [
        "\0", "\\u0000", "'", "\"", "--", "%s%n", "${7*7}", "\u202e", "\ufffd", "😀", "\\ud800", "../", "\r\n\r\n", "{",
        "[", "1e999", "-0", "null", "NaN", "9223372036854775808", "=cmd|'/c calc'!A0", "<script>"
    ];

    private static readonly string[] Filters = ["month", "week", "day", "assignee", "coached"];

    public static IEnumerable<Attack> Of(Guid agent, Guid ticket, int count)
    {
        var random = new Random(20_261_121);
        var good = RepActivity.Call("generated", agent, new DateTimeOffset(2025, 6, 3, 18, 0, 0, TimeSpan.Zero));
        var commands = (string[])["assign", "status", "rejections", "excuse", "excuse/withdraw", "reopen"];
        for (var n = 0; n < count; n++)
        {
            var json = Spoil(random, good.ToJsonString());
            var body = Spoil(random, $$"""{"status":"Done","label":"x","reason":"y","agentId":"{{agent}}"}""");
            var query = Uri.EscapeDataString(Spoil(random, "2026-01"));
            yield return (n % 4) switch
            {
                0 => new Attack($"generated event {n}", HttpMethod.Post, "/api/activity",
                    () => Attack.Text(json, "application/cloudevents+json"), null),
                1 => new Attack($"generated batch {n}", HttpMethod.Post, "/api/activity",
                    () => Attack.Text("[" + json + "]", "application/cloudevents-batch+json"), null),
                // To a ticket that does not exist: whatever is understood by accident finds nothing to change.
                2 => Attack.Json(HttpMethod.Post, $"/api/tickets/{Guid.Empty}/{commands[n / 4 % commands.Length]}",
                    $"generated {n}", body, null),
                _ => Attack.Get($"/api/scoring/scorecard?{Pick(random, Filters)}={query}", null)
            };
        }
    }

    private static string Spoil(Random random, string text)
    {
        var spoiled = new StringBuilder(text);
        for (var times = 1 + random.Next(4); times > 0 && spoiled.Length > 1; times--)
        {
            var at = random.Next(spoiled.Length);
            switch (random.Next(4))
            {
                case 0: spoiled.Remove(at, Math.Min(1 + random.Next(8), spoiled.Length - at)); break;
                case 1: spoiled.Insert(at, Nasty[random.Next(Nasty.Length)]); break;
                case 2: spoiled[at] = (char)random.Next(1, 0x3000); break;
                default: spoiled.Insert(at, spoiled.ToString(at, Math.Min(20, spoiled.Length - at))); break;
            }
        }

        return spoiled.ToString();
    }

    private static string Pick(Random random, params string[] among) => among[random.Next(among.Length)];
}
