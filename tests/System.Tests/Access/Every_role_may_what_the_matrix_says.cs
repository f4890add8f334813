using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.Access;

[Collection("4 Who may what")]
public sealed class Every_role_may_what_the_matrix_says
{
    private static readonly (string Document, string Service)[] Services =
    [
        ("tickets", "ticket-service"), ("scoring", "scoring-service"), ("coaching", "coaching-service"),
        ("notifications", "notification-service"), ("gateway", "")
    ];

    [Fact]
    public async Task Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var system = await SharedSystem.SystemAsync();
        var rows = Matrix.Rules.Select(rule => rule.Shape).ToList();
        Assert.Equal(rows.Count, rows.Distinct().Count());
        var endpoints = new List<string>();
        foreach (var (document, _) in Services)
        {
            endpoints.AddRange(await EndpointsAsync(system.Gateway, document));
        }

        Assert.Equal([], endpoints.Except(rows).Order());
        Assert.Equal([], rows.Except(endpoints).Order());
    }

    [Fact]
    public async Task At_the_gateway()
    {
        var system = await SharedSystem.SystemAsync();
        await CheckAsync(_ => system.Gateway, _ => true);
    }

    [Fact]
    public async Task And_at_each_service_behind_its_back()
    {
        var system = await SharedSystem.SystemAsync();
        var clients = new Dictionary<string, HttpClient>();
        var serviceOf = new Dictionary<string, string>();
        foreach (var (document, service) in Services.Where(s => s.Service.Length > 0))
        {
            clients[service] = new HttpClient { BaseAddress = new Uri(system.AddressOf(service)) };
            foreach (var endpoint in await EndpointsAsync(system.Gateway, document))
            {
                serviceOf[endpoint] = service;
            }
        }

        await CheckAsync(rule => clients[serviceOf[rule.Shape]], rule => serviceOf.ContainsKey(rule.Shape));
    }

    private static async Task CheckAsync(Func<Rule, HttpClient> client, Func<Rule, bool> concerns)
    {
        var people = await People.AllAsync();
        var own = new Subject(people.Agent, await People.TicketAsync(), People.Team, People.Department);
        var strangers = new Subject(
            people.Stranger, await People.StrangersTicketAsync(), People.OtherTeam, People.OtherDepartment);
        var wrong = new List<string>();
        foreach (var rule in Matrix.Rules.Where(concerns))
        {
            foreach (var role in Matrix.Columns)
            {
                var may = rule.ByRole[role];
                var token = role == Matrix.Nobody ? null : people.ByRole[role].Token;
                // Who may is told what is missing; who may not has asked for something that would have succeeded.
                var mine = await AskAsync(client(rule), rule, own, token, valid: may == May.No);
                if (!Fits(may, mine, token is null))
                {
                    wrong.Add($"{rule.Method} {rule.Path} as {role}, own: {may}, but {mine}");
                }

                if (may == May.Own
                    && await AskAsync(client(rule), rule, strangers, token, valid: true) is var theirs
                    && theirs is not (403 or 404))
                {
                    wrong.Add($"{rule.Method} {rule.Path} as {role}, a stranger's: {theirs}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n" + string.Join('\n', wrong));
    }

    private static bool Fits(May may, int status, bool nobody) => may switch
    {
        May.No => status == (nobody ? 401 : 403),
        May.Open => status < 500,
        _ => status is not (401 or 403) and < 500
    };

    private static async Task<int> AskAsync(HttpClient client, Rule rule, Subject about, string? token, bool valid)
    {
        using var request = new HttpRequestMessage(rule.Method, about.Fill(rule.Path));
        if (rule.Method != HttpMethod.Get && rule.Method != HttpMethod.Delete)
        {
            request.Content = rule.Path.StartsWith("/api/tickets/imports", StringComparison.Ordinal)
                ? new MultipartFormDataContent { { new StringContent("nothing"), "nothing" } }
                : new StringContent(valid ? about.Body(rule.Path) : "{}", Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        // Streams never end: the head of the answer is enough.
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    private static async Task<List<string>> EndpointsAsync(HttpClient gateway, string document)
    {
        var description = await gateway.GetAsync($"/openapi/{document}.json");
        Assert.Equal(HttpStatusCode.OK, description.StatusCode);
        var paths = JsonNode.Parse(await description.Content.ReadAsStringAsync())!["paths"]!.AsObject();
        return paths.SelectMany(path => path.Value!.AsObject()
                .Where(operation => operation.Key is "get" or "put" or "post" or "delete" or "patch")
                .Select(operation => Rule.ShapeOf(operation.Key, path.Key)))
            .ToList();
    }

    /// <summary>Whose record a path is about.</summary>
    private sealed record Subject(Guid Agent, Guid Ticket, string Team, string Department)
    {
        /// <summary>What the endpoint would take.</summary>
        public string Body(string path) => path.Split('/')[^1] switch
        {
            "assign" => $$"""{ "agentId": "{{Agent}}" }""",
            "status" => """{ "status": "On Progress" }""",
            "rejections" => """{ "label": "A defect" }""",
            "decide" => """{ "accept": false, "reason": "A reason" }""",
            "excuse" or "withdraw" or "dispute" => """{ "reason": "A reason" }""",
            "{agentId}" when path.Contains("ramp", StringComparison.Ordinal) => """{ "hireMonth": "2025-01" }""",
            "{agentId}" => """{ "name": "Another Name" }""",
            "{month}" => """{ "percent": 50 }""",
            "{owner}" => """{ "metric": "calls", "amount": 5, "from": "2025-01" }""",
            "{date}" => """{ "notes": "A note", "entries": [] }""",
            _ => "{}"
        };

        public string Fill(string path) => Regex.Replace(path, @"\{([^}:]*)[^}]*\}", part =>
            part.Groups[1].Value switch
            {
                "agentId" or "repId" or "owner" => Agent.ToString(),
                "id" when path.StartsWith("/api/tickets/", StringComparison.Ordinal)
                    && !path.Contains("/imports/", StringComparison.Ordinal) => Ticket.ToString(),
                "teamId" => Team,
                "departmentId" => Department,
                "month" => "2025-01",
                "date" => "2025-01-06",
                "metric" => "calls",
                "userName" => "nobody-at-all",
                "country" => "US",
                _ => "00000000-0000-4000-8000-000000000001"
            }) + (path.EndsWith("/{agentId}/tickets", StringComparison.Ordinal) ? "?measure=allocated" : "");
    }
}
