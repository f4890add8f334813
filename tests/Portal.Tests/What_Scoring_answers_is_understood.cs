using System.Text.Json;
using Performance.Portal.Api;

namespace Performance.Portal;

/// <summary>Answers as Scoring writes them, with all that the portal does not show.</summary>
public sealed class What_Scoring_answers_is_understood
{
    private const string Ticket =
        """
        {"ticketId":"c56ff463-83d1-412e-8604-b853abbc45d5","source":"test","externalId":"T-1","title":"A title",
        "type":"Title","state":"CA","status":"On Hold","agentId":"e1705261-4d3a-4e15-85c4-6b588bfdcf64",
        "agentName":"Ann","createdAt":"2024-01-02T04:00:00-08:00","closedAt":null,"cycleDays":null,
        "holdSince":"2024-01-02T04:00:00-08:00","flags":["Hold","Rejected","AnyRejection","Moved"],
        "rejectionEvents":[{"eventId":"badb0d22-ba4c-4478-a0ba-03e1dc9cf7ef","label":"X","fromStatus":false,
        "at":"2024-01-02T04:00:00-08:00","round":1,"agentId":"e1705261-4d3a-4e15-85c4-6b588bfdcf64","excused":false,
        "excusedBy":null,"excuseReason":null,"excusedAt":null}],"rejections":1,"excused":false,"excusedBy":null,
        "excuseReason":null,"excusedAt":null}
        """;

    [Fact]
    public void A_ticket_behind_a_number_with_its_rejections()
    {
        var page = Read<PageOf<ScoredTicket>>($$"""{"items":[{{Ticket}}],"total":1,"position":72}""");
        var ticket = Assert.Single(page.Items);
        Assert.Equal(("T-1", "Ann", "X"), (ticket.ExternalId, ticket.AgentName, ticket.RejectionEvents[0].Label));
        Assert.NotNull(ticket.HoldSince);
    }

    [Fact]
    public void A_rejection_behind_a_number()
    {
        var page = Read<PageOf<ScoredTicket>>(
            """
            {"items":[{"eventId":"96cfb22e-2fbd-4d23-add0-bab9618989e3",
            "ticketId":"0099a89f-24b3-4800-9f7c-6aa14e0391a1",
            "source":"test","externalId":"T-2","title":"A title","label":"X","fromStatus":false,
            "at":"2024-01-02T04:00:00-08:00","round":1,"agentId":null,"agentName":null,"excused":false}],
            "total":1,"position":72}
            """);
        Assert.Equal(("T-2", "X", null), (page.Items[0].ExternalId, page.Items[0].Label, page.Items[0].AgentName));
    }

    [Fact]
    public void An_open_ticket()
    {
        var item = Read<PageOf<PipelineTicket>>(
            $$"""
            {"items":[{"ticket":{{Ticket}},"daysSinceCreated":1054.5009244749768518518518519,"age":"red",
            "holdHours":25308.022187399444444444444444}],"total":1,"position":72}
            """).Items[0];
        Assert.Equal(("T-1", "red", 25308.022187399444444444444444m),
            (item.Ticket.ExternalId, item.Age, item.HoldHours));
    }

    [Fact]
    public void The_rejection_analysis()
    {
        var analysis = Read<RejectionAnalysis>(
            """
            {"events":2,"categories":[{"category":"X","events":2,"tickets":1,"share":100,"risk":"Critical bottleneck",
            "byAgent":{"unassigned":2},"byMonth":{"2024-01":2}}],"agents":[{"key":"unassigned","agentId":null,
            "name":"Unassigned","events":2}],"position":72,"asOf":"2026-11-22T00:01:19.9677996+00:00"}
            """);
        var category = Assert.Single(analysis.Categories);
        Assert.Equal((2L, 2L), (category.ByAgent[analysis.Agents[0].Key], category.ByMonth["2024-01"]));
    }

    [Fact]
    public void The_history_of_grades()
    {
        var history = Read<GradeHistory>(
            """
            {"year":2024,"agents":[{"agentId":"e1705261-4d3a-4e15-85c4-6b588bfdcf64","name":"Ann","months":[{
            "month":"2024-01","allocated":2,"grade":null,"baseGrade":null,"gradeNote":"No processed ticket",
            "failedFirstPassRate":null,"attendance":null,"score":15,"measuredMax":80,"scoreBand":null,"drop":0}],
            "declining":true,"decliningSince":"2023-11"}],"years":[2023,2024],"position":72,
            "asOf":"2026-11-22T00:01:20.1385014+00:00"}
            """);
        var agent = Assert.Single(history.Agents);
        Assert.Equal((true, "2023-11", 80m), (agent.Declining, agent.DecliningSince, agent.Months[0].MeasuredMax));
    }

    [Fact]
    public void The_teams_of_a_department()
    {
        const string Team =
            """
            {"teamId":"east","people":2,"allocated":5,"processed":3,"failedFirstPass":1,"rejected":1,"reRejected":0,
            "failedFirstPassRate":33.333333333333333333333333333,"rejectRate":20,"reRejectionRate":0,"open":2,
            "oldTickets":2,"longHold":1,"grades":{"a":0,"b":0,"c":0,"d":1,"none":1},"coachingSessions":1,"toCoach":[{
            "agentId":"e1705261-4d3a-4e15-85c4-6b588bfdcf64","name":"Ann","grade":"D","failedFirstPassRate":50,
            "coachingSessions":1}],"declining":[{"agentId":"e1705261-4d3a-4e15-85c4-6b588bfdcf64","name":"Ann",
            "since":"2024-02"}],"trend":[{"month":"2024-06","failedFirstPassRate":null,"rejectRate":20}]}
            """;
        var found = Read<DepartmentFigures>(
            $$"""
            {"department":"claims","month":"2024-06","teams":[{{Team}}],"total":{{Team}},"oldTicketDays":25,
            "longHoldHours":168,"policyVersion":1,"position":72,"asOf":"2026-11-22T00:01:20.1385014+00:00",
            "frozen":true}
            """);
        var team = Assert.Single(found.Teams);
        Assert.Equal((true, "east", 1, "D"), (found.Frozen, team.TeamId, team.Grades.None, team.ToCoach[0].Grade));
        Assert.Equal((null, 20m), (team.Trend[0].FailedFirstPassRate, team.Trend[0].RejectRate));
        Assert.Equal("2024-02", Assert.Single(team.Declining).Since);
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, GatewayJson.Options)!;
}
