using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.Hostile;

[Collection("5 Hostile input")]
public sealed class Bad_input_is_refused_and_changes_nothing
{
    [Fact]
    public async Task Commands_and_queries_name_the_field()
    {
        var people = await People.AllAsync();
        var ticket = await People.TicketAsync();
        await UnchangedAsync(people, () =>
            TryAllAsync(people.Admin, CommandAttacks.Of(people.Agent, ticket)));
    }

    [Fact]
    public async Task Events_name_the_field_alone_and_in_a_batch()
    {
        var people = await People.AllAsync();
        await UnchangedAsync(people, async () =>
        {
            await TryAllAsync(people.Integration, CloudEventAttacks.Single(people.Agent));
            var elements = CloudEventAttacks.Elements(people.Agent);
            foreach (var part in elements.Chunk(20))
            {
                var answer = await people.Integration.CallAsync(HttpMethod.Post, "/api/activity", Attack.Text(
                    "[" + string.Join(',', part.Select(e => e.Json)) + "]", "application/cloudevents-batch+json"));
                var body = await answer.Content.ReadAsStringAsync();
                // A text that JSON itself forbids spoils the whole batch; else each element is named by its index.
                if (answer.StatusCode == HttpStatusCode.BadRequest)
                {
                    continue;
                }

                Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{(int)answer.StatusCode} {body}");
                var named = JsonNode.Parse(body)!;
                Assert.Equal(0, named.Int("accepted"));
                Assert.Equal(
                    part.Select((e, i) => $"{i} {e.Name}"),
                    named["rejected"]!.AsArray().Select(r => $"{r!.Int("index")} {part[r!.Int("index")].Name}"));
            }
        });
    }

    [Fact]
    public async Task Uploads_name_the_field_or_end_without_a_ticket()
    {
        var people = await People.AllAsync();
        await UnchangedAsync(people, async () =>
        {
            var wrong = new List<string>();
            foreach (var (mapping, field) in ImportAttacks.Mappings)
            {
                using var response = await people.Admin.UploadAsync("a.csv", "id,status,at\n"u8.ToArray(), mapping);
                var body = await response.Content.ReadAsStringAsync();
                if (response.StatusCode != HttpStatusCode.BadRequest || !body.Contains(field, StringComparison.Ordinal))
                {
                    wrong.Add($"{mapping}: {(int)response.StatusCode} {body}");
                }
            }

            foreach (var (name, file) in ImportAttacks.Files())
            {
                using var response = await people.Admin.UploadAsync(name, file, ImportAttacks.Mapping);
                var body = await response.Content.ReadAsStringAsync();
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    var end = await people.Admin.ImportedAsync(JsonNode.Parse(body)!["importId"]!.GetValue<string>());
                    if (end.Int("created") + end.Int("changed") > 0)
                    {
                        wrong.Add($"{name}: {end.ToJsonString()}");
                    }
                }
                else if ((int)response.StatusCode is < 400 or >= 500)
                {
                    wrong.Add($"{name}: {(int)response.StatusCode} {body}");
                }
            }

            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        });
    }

    [Fact]
    public async Task Whatever_chance_makes_of_a_request_it_is_no_server_error()
    {
        var people = await People.AllAsync();
        var ticket = await People.TicketAsync();
        await TryAllAsync(people.Admin, Generated.Of(people.Agent, ticket, 600));
        Assert.Equal(HttpStatusCode.OK, (await people.Admin.Http.GetAsync("/health")).StatusCode);
    }

    private static async Task TryAllAsync(Api attacker, IEnumerable<Attack> attacks)
    {
        var wrong = new List<string>();
        foreach (var attack in attacks)
        {
            if (await attack.TryAsync(attacker) is { } complaint)
            {
                wrong.Add(complaint);
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} attacks:\n" + string.Join('\n', wrong));
    }

    private static async Task UnchangedAsync(People people, Func<Task> attack)
    {
        var before = await StateAsync(people);
        await attack();
        Assert.Equal(before, await StateAsync(people));
    }

    private static string Without(JsonNode node, string member)
    {
        node.AsObject().Remove(member);
        return node.ToJsonString();
    }

    /// <summary>Everything that an attack could have moved, as far as the API shows it.</summary>
    private static async Task<string> StateAsync(People people)
    {
        var tickets = await people.Admin.TicketsAsync();
        var card = await people.Admin.ScorecardAsync();
        var agents = await people.Admin.AgentsAsync();
        var month = await people.ByRole["agent"].GetAsync("/api/scoring/my?month=2025-06");
        var users = await people.Admin.GetAsync("/auth/users");
        return string.Join('\n', $"tickets {tickets}", $"agents {agents.Count}", card["kpis"]!.ToJsonString(),
            string.Join('\n', card.Rows().Select(r => r.ToJsonString()).Order(StringComparer.Ordinal)),
            Without(month, "asOf"), users.ToJsonString());
    }
}
