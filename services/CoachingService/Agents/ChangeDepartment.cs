using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary><c>PUT departments/{departmentId}</c>: registers a department, or replaces its record.</summary>
internal static class ChangeDepartment
{
    internal sealed record Body(string? Name);

    public static IReadOnlyList<object> Decide(Department? present, Department wanted, string by, DateTimeOffset now) =>
        present == wanted ? [] : [new DepartmentChanged(wanted.Id, by, now)];

    public static Department Read(string departmentId, Body body) => new()
    {
        Id = Input.Slug("departmentId", departmentId),
        Name = Input.Line("name", body.Name, 200)
    };

    public static void Map(RouteGroupBuilder group) => group.MapPut("/departments/{departmentId}", (
            string departmentId, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var wanted = Read(departmentId, body);
            var by = CurrentUser.From(http.User).UserName;
            return CommandEndpoint.RunAsync<RegisteredDepartment>(
                http, store, EventStoreId.Coaching, StreamIds.Department(departmentId), async (_, session, stop) =>
                {
                    var present = await session.LoadAsync<Department>(departmentId, stop);
                    var events = Decide(present, wanted, by, clock.GetUtcNow());
                    if (events.Count > 0)
                    {
                        session.Store(wanted);
                    }

                    return events;
                }, cancel);
        }).RequireAuthorization(Policies.Administration);
}

/// <summary>What a command on a department's stream needs to know of it; the rest is in the document.</summary>
internal sealed partial record RegisteredDepartment
{
    public Guid Id { get; init; }

    public string DepartmentId { get; init; } = "";

    public static RegisteredDepartment Create(DepartmentChanged changed) =>
        new() { DepartmentId = changed.DepartmentId };

    public RegisteredDepartment Apply(DepartmentChanged changed) =>
        this with { DepartmentId = changed.DepartmentId };
}
