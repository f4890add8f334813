using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Problems;
using TeamChanged = Performance.Coaching.Agents.TeamChanged;

namespace Performance.Coaching;

public sealed class Changing_the_directory
{
    private static readonly Agent Robin = new()
    {
        Id = Guid.NewGuid(), Name = "Robin", Email = "robin@example.org", TeamId = "north", Country = "US"
    };

    [Fact]
    public void A_new_agent_is_registered_without_the_name_in_any_event()
    {
        var events = ChangeAgent.Decide(null, Robin, null, "admin", Given.Now);
        Assert.Equal(
            [
                new AgentRegistered(Robin.Id, null, "admin", Given.Now),
                new AgentProfileChanged(Robin.Id, "north", "US", true, "admin", Given.Now)
            ],
            events);
        Assert.DoesNotContain(events, e => e.ToString()!.Contains("Robin", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Another_name_is_an_event_that_does_not_tell_it() => Assert.Equal(
        [new AgentProfileChanged(Robin.Id, "north", "US", true, "admin", Given.Now)],
        ChangeAgent.Decide(Robin, Robin with { Name = "Robin Smith" }, null, "admin", Given.Now));

    [Fact]
    public void The_same_record_again_is_none() =>
        Assert.Empty(ChangeAgent.Decide(Robin, Robin with { }, null, "admin", Given.Now));

    [Fact]
    public void A_record_that_was_merged_away_is_left_alone() => Assert.Throws<DomainException>(
        () => ChangeAgent.Decide(Robin, Robin with { Name = "X" }, Guid.NewGuid(), "admin", Given.Now));

    [Fact]
    public void Active_stays_as_it_is_where_nothing_is_said()
    {
        var body = new ChangeAgent.Body("Robin");
        Assert.True(ChangeAgent.Read(Robin.Id, body, null).Active);
        Assert.False(ChangeAgent.Read(Robin.Id, body, Robin with { Active = false }).Active);
        Assert.True(ChangeAgent.Read(Robin.Id, body with { Active = true }, Robin with { Active = false }).Active);
    }

    [Theory]
    [InlineData(null, null, null, null, "name")]
    [InlineData(" ", null, null, null, "name")]
    [InlineData("A\r\nBcc: x@example.org", null, null, null, "name")]
    [InlineData("Robin", "robin", null, null, "email")]
    [InlineData("Robin", "a@b, c@d", null, null, "email")]
    [InlineData("Robin", "Robin <a@example.org>", null, null, "email")]
    [InlineData("Robin", "a@example.org\nBcc: b@example.org", null, null, "email")]
    [InlineData("Robin", null, "North", null, "teamId")]
    [InlineData("Robin", null, "../north", null, "teamId")]
    [InlineData("Robin", null, null, "USA", "country")]
    [InlineData("Robin", null, null, "us", "country")]
    public void What_cannot_be_a_record_is_refused_by_field(
        string? name, string? email, string? team, string? country, string field)
    {
        var body = new ChangeAgent.Body(name, email, team, country);
        Assert.Equal(
            field, Assert.Throws<InvalidFieldException>(() => ChangeAgent.Read(Robin.Id, body, null)).Field);
    }

    [Fact]
    public void A_team_changes_once()
    {
        var team = ChangeTeam.Read("north", new ChangeTeam.Body("North", "sales", "Leads"));
        Assert.Equal(
            [new TeamChanged("north", "sales", "Leads", "admin", Given.Now)],
            ChangeTeam.Decide(null, team, "admin", Given.Now));
        Assert.Empty(ChangeTeam.Decide(team, team with { }, "admin", Given.Now));
        Assert.Single(ChangeTeam.Decide(team, team with { Name = "The North" }, "admin", Given.Now));
    }

    [Theory]
    [InlineData("8e1ad3a0-6c2f-4b4e-9f44-6f2f0f6f0a11", "North", null, "teamId")]
    [InlineData("", "North", null, "teamId")]
    [InlineData("north", "", null, "name")]
    [InlineData("north", "North", "Tickets", "distributes")]
    public void What_cannot_be_a_team_is_refused_by_field(string id, string name, string? distributes, string field) =>
        Assert.Equal(field, Assert.Throws<InvalidFieldException>(
            () => ChangeTeam.Read(id, new ChangeTeam.Body(name, null, distributes))).Field);

    [Fact]
    public void A_department_changes_once()
    {
        var department = ChangeDepartment.Read("sales", new ChangeDepartment.Body("Sales"));
        Assert.Equal(
            [new DepartmentChanged("sales", "admin", Given.Now)],
            ChangeDepartment.Decide(null, department, "admin", Given.Now));
        Assert.Empty(ChangeDepartment.Decide(department, department with { }, "admin", Given.Now));
    }

    [Fact]
    public void A_discovered_assignee_becomes_an_event_with_the_source_but_no_name()
    {
        var fact = new AssigneeDiscovered(Guid.NewGuid(), "servicenow", "Jane\tDoe ")
        {
            EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = Given.Now.AddYears(-1), RecordedAt = Given.Now
        };
        Assert.Equal(
            new AgentRegistered(fact.AgentId, "servicenow", null, Given.Now), DiscoverAssignees.Decide(fact));
        Assert.Equal("Jane Doe", DiscoverAssignees.Name(fact.Name));
        Assert.Equal("(no name)", DiscoverAssignees.Name("\u0000 "));
    }
}
