using Marten;

namespace Performance.Tickets.Overrides;

/// <summary>
/// Whose rejections a supervisor sees, as the token said when they last excused, withdrew or decided: table
/// <c>supervisor_sight</c>. Rates need it of everybody, and tokens are all that this service knows of supervisors.
/// </summary>
internal static class SupervisorSight
{
    private const string Upsert = """
        insert into supervisor_sight (user_name, teams, everything) values (?, string_to_array(?, ','), ?)
        on conflict (user_name) do update set teams = excluded.teams, everything = excluded.everything
        where (supervisor_sight.teams, supervisor_sight.everything) is distinct from
            (excluded.teams, excluded.everything)
        """;

    public static void Keep(TicketAccess access, IDocumentSession session) => session.QueueSqlCommand(
        Upsert, access.User.UserName, Teams(access), access.User.IsAdmin);

    /// <summary>Ids of teams are slugs: no comma in them.</summary>
    public static string Teams(TicketAccess access) =>
        string.Join(',', access.User.Teams.Order(StringComparer.Ordinal));
}
