using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Who_may_see_whom
{
    private static readonly Agent Ann = new() { Id = Guid.NewGuid(), Name = "Ann", TeamId = "north" };
    private static readonly Agent Bob = new() { Id = Guid.NewGuid(), Name = "Bob", TeamId = "south" };
    private static readonly Agent Imported = new() { Id = Guid.NewGuid(), Name = "Zed" };
    private static readonly Agent OldAnn = new() { Id = Guid.NewGuid(), Name = "Ann B.", TeamId = "south" };

    private static readonly Organisation Organisation = new(
        new[] { Ann, Bob, Imported, OldAnn }.ToDictionary(a => a.Id),
        new[]
        {
            new Team { Id = "north", Name = "North", DepartmentId = "sales" },
            new Team { Id = "south", Name = "South", DepartmentId = "service" }
        }.ToDictionary(t => t.Id),
        new[] { new Department { Id = "sales", Name = "Sales" }, new Department { Id = "service", Name = "Service" } }
            .ToDictionary(d => d.Id),
        Given.Merges(new AgentsMerged(Ann.Id, OldAnn.Id, "admin", Given.Now))!);

    public static TheoryData<string, string, string> Table => new()
    {
        { "admin", "Ann Ann B. Bob Zed", "Ann Ann B. Bob Zed" },
        { "supervisor of north", "Ann Ann B.", "Ann Ann B." },
        { "team lead of south", "Bob", "Bob" },
        { "supervisor of nothing", "", "" },
        { "head of sales", "Ann Ann B.", "" },
        { "head of service", "Bob", "" },
        { "head of nothing", "", "" },
        { "Ann", "Ann Ann B.", "" },
        { "Ann by the old record", "Ann Ann B.", "" },
        { "integration", "", "" }
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void By_role_and_scope(string who, string sees, string supervises)
    {
        var user = User(who);
        Assert.Equal(sees, Names(id => Organisation.MaySee(user, id)));
        Assert.Equal(supervises, Names(id => Organisation.Supervises(user, id)));
        Assert.Equal(sees, string.Join(' ', ReadAgents.Select(Organisation, user, new(null, null, null, null))
            .Select(a => a.Name)));
    }

    [Fact]
    public void A_merged_record_shows_where_its_history_went()
    {
        var old = ReadAgents.Select(Organisation, User("admin"), new("b.", null, null, null)).Single();
        Assert.Equal((OldAnn.Id, Ann.Id, false), (old.Id, old.MergedInto!.Value, old.Active));
    }

    [Fact]
    public void Supervisors_find_records_without_a_team_and_agents_do_not()
    {
        ReadAgents.Filter filter = new(null, null, null, "true");
        Assert.Equal(
            [Imported.Id], ReadAgents.Select(Organisation, User("supervisor of north"), filter).Select(a => a.Id));
        Assert.Empty(ReadAgents.Select(Organisation, User("Ann"), filter));
        Assert.Empty(ReadAgents.Select(Organisation, User("head of sales"), filter));
    }

    [Fact]
    public void Nothing_can_be_learnt_about_ids_of_others()
    {
        Assert.Throws<ForbiddenException>(() => Organisation.Seen(User("Ann"), Guid.NewGuid()));
        Assert.Throws<ForbiddenException>(() => Organisation.Seen(User("Ann"), Bob.Id));
        Assert.Throws<NotFoundException>(() => Organisation.Seen(User("admin"), Guid.NewGuid()));
    }

    [Fact]
    public void What_is_recorded_for_a_merged_record_belongs_to_the_kept_one() =>
        Assert.Throws<DomainException>(() => Organisation.SupervisedRecord(User("admin"), OldAnn.Id));

    [Fact]
    public void Teams_and_departments_are_those_one_has_to_do_with()
    {
        Assert.Equal("north", Teams("Ann"));
        Assert.Equal("north", Teams("supervisor of north"));
        Assert.Equal("south", Teams("head of service"));
        Assert.Equal("north south", Teams("admin"));
        Assert.Equal("", Teams("integration"));
        Assert.Equal("sales", Departments("head of sales"));
        Assert.Equal("sales", Departments("Ann"));
        Assert.Equal("sales service", Departments("admin"));
    }

    private static string Teams(string who) =>
        string.Join(' ', ReadTeams.Visible(Organisation, User(who)).Select(t => t.Id));

    private static string Departments(string who) =>
        string.Join(' ', ReadTeams.VisibleDepartments(Organisation, User(who)).Select(d => d.Id));

    private static string Names(Func<Guid, bool> may) => string.Join(' ', Organisation.Agents.Values
        .Where(a => may(a.Id)).Select(a => a.Name).Order(StringComparer.CurrentCultureIgnoreCase));

    private static CurrentUser User(string who)
    {
        var role = who switch
        {
            "admin" => Roles.Admin,
            "integration" => Roles.Integration,
            _ when who.StartsWith("supervisor", StringComparison.Ordinal) => Roles.Supervisor,
            _ when who.StartsWith("team lead", StringComparison.Ordinal) => Roles.TeamLead,
            _ when who.StartsWith("head", StringComparison.Ordinal) => Roles.DepartmentHead,
            _ => Roles.Agent
        };
        Guid? agent = who switch { "Ann" => Ann.Id, "Ann by the old record" => OldAnn.Id, _ => null };
        var scope = who.Split(" of ") is [_, { } last] && last != "nothing" ? last : null;
        return new CurrentUser(
            who, new HashSet<string> { role }, agent,
            role is Roles.Supervisor or Roles.TeamLead && scope is not null ? new HashSet<string> { scope } : [],
            role == Roles.DepartmentHead ? scope : null);
    }
}
