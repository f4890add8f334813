using Performance.Portal.Api;
using Performance.Portal.Sessions;

namespace Performance.Portal.Components.Pages.Departments;

/// <summary>The figures with the names of the teams.</summary>
/// <param name="Departments">What an admin chooses from.</param>
public sealed record DepartmentData(
    DepartmentFigures Figures, IReadOnlyList<Department> Departments, IReadOnlyList<TeamRow> Rows, TeamRow Total)
{
    private const int Most = 500;

    public static async Task<DepartmentData> ReadAsync(
        GatewayClients api, string? month, string? department, CancellationToken cancel)
    {
        var asked = api.Department.ReadAsync(month, department, cancel);
        var teams = api.Coaching.TeamsAsync(1, Most, cancel);
        var departments = api.Coaching.DepartmentsAsync(1, Most, cancel);
        var figures = await asked;
        var rows = TeamRow.Of(figures, (await teams).Items.Where(
            team => figures.Department is null || team.DepartmentId == figures.Department));
        return new DepartmentData(figures, (await departments).Items, rows, TeamRow.Total(figures, rows));
    }

    public string? NameOf(string? department) =>
        Departments.FirstOrDefault(d => d.Id == department)?.Name ?? department;
}
