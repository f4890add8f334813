namespace Performance.Demo;

/// <summary>Who there is. The names of the reps are made up; the resolvers are those of the ServiceNow log.</summary>
internal static class Organisation
{
    public static readonly IReadOnlyList<(string Id, string Name)> Departments =
        [("customer-service", "Customer service"), ("it-service", "IT service")];

    public static readonly IReadOnlyList<(string Id, string Name, string Department)> Teams =
    [
        ("titles-west", "Titles West", "customer-service"), ("titles-east", "Titles East", "customer-service"),
        ("it-desk-1", "IT desk 1", "it-service"), ("it-desk-2", "IT desk 2", "it-service")
    ];

    /// <summary>Representatives: the generated tickets are theirs, and they take calls.</summary>
    /// <remarks>Pace: calls a day. Care: chance that work passes at the first go.</remarks>
    public static readonly IReadOnlyList<Rep> Reps =
    [
        new("agent", "Amara Diallo", "titles-west", 20, 0.975),
        new("ben", "Ben Okafor", "titles-west", 18, 0.95),
        new("carla", "Carla Mendes", "titles-west", 22, 0.99),
        new("deepa", "Deepa Nair", "titles-west", 17, 0.92),
        new("erik", "Erik Lindqvist", "titles-east", 19, 0.96),
        new("fatima", "Fatima Haddad", "titles-east", 21, 0.98),
        new("grace", "Grace Kim", "titles-east", 16, 0.88),
        new("hiro", "Hiro Tanaka", "titles-east", 18, 0.94)
    ];

    public static Rep Agent => Reps[0];

    public static Rep Of(string userName) => Reps.Single(rep => rep.UserName == userName);

    /// <summary>The resolvers of the cut of the ServiceNow log, and the team each is put into.</summary>
    public static readonly IReadOnlyDictionary<string, string> Resolvers = new Dictionary<string, string>
    {
        ["Resolver 13"] = "it-desk-1", ["Resolver 17"] = "it-desk-1", ["Resolver 24"] = "it-desk-1",
        ["Resolver 31"] = "it-desk-1", ["Resolver 57"] = "it-desk-1", ["Resolver 69"] = "it-desk-1",
        ["Resolver 115"] = "it-desk-2", ["Resolver 125"] = "it-desk-2", ["Resolver 149"] = "it-desk-2",
        ["Resolver 183"] = "it-desk-2", ["Resolver 194"] = "it-desk-2", ["Resolver 198"] = "it-desk-2"
    };

    public static string Email(string userName) => $"{userName}@demo.example";
}

/// <param name="UserName">The sign-in.</param>
/// <param name="Name">As the ticket system spells it.</param>
/// <param name="Team">Team id.</param>
/// <param name="Pace">Calls on an ordinary day.</param>
/// <param name="Care">Chance that a piece of work passes at the first go.</param>
internal sealed record Rep(string UserName, string Name, string Team, int Pace, double Care);
