using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>All resources in a table; on a phone each is a card.</summary>
internal static class ResourcesPage
{
    public static Html Render(ResourceBoard board)
    {
        var all = board.All();
        var shown = all.Where(p => p.Type != "Parameter").ToList();
        var well = shown.Count(p => p is { IsRunning: true, Health: HealthStatus.Healthy });
        return Html.Of($"""
            <div data-live="resources">
            <p class="summary">{well} of {shown.Count} healthy</p>
            <table class="resources">
              <thead><tr>
                <th scope="col">Name</th><th scope="col">State</th><th scope="col">Health</th><th scope="col">Type</th>
                <th scope="col">Started</th><th scope="col">Addresses</th><th scope="col" class="number">Process</th>
                <th scope="col"><span class="hidden">Commands</span></th>
              </tr></thead>
              <tbody>{shown.Select(Row)}</tbody>
            </table>
            </div>
            """);
    }

    private static Html Row(ProcessView p) => Html.Of($"""
        <tr id="row-{p.Id}">
          <th scope="row"><a href="/resources/{p.Id}">{p.Name}</a></th>
          <td data-label="State">{Signs.State(p)}</td>
          <td data-label="Health">{Signs.Health(p)}</td>
          <td data-label="Type">{p.Type}</td>
          <td data-label="Started">{Signs.Time(p.Started)}</td>
          <td data-label="Addresses">{p.Urls.Select(u => Signs.Address(u, p.IsRunning))}</td>
          <td data-label="Process" class="number">{p.Pid}</td>
          <td class="commands">{Signs.Commands(p)}</td>
        </tr>
        """);
}
