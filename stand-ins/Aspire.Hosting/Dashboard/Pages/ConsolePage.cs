using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>What a resource's processes write.</summary>
internal static class ConsolePage
{
    private const int Shown = 2_000;

    public static void Map(IEndpointRouteBuilder routes, ResourceBoard board, Layout layout)
    {
        routes.MapGet("/consolelogs", context =>
        {
            var first = board.All().FirstOrDefault(p => p.HasProcess);
            if (first is null)
                return layout.WriteAsync(context, "Console", new Html("<p class=empty>No resource has a console.</p>"));
            context.Response.Redirect($"/consolelogs/{first.Resource}");
            return Task.CompletedTask;
        });
        routes.MapGet("/consolelogs/{resource}", context =>
            board.Find((string)context.GetRouteValue("resource")!) is { } process
                ? layout.WriteAsync(context, "Console", Render(process, board, context.Request.Query["process"]))
                : layout.NotFoundAsync(context));
    }

    private static Html Render(ProcessView process, ResourceBoard board, string? only)
    {
        var all = board.All().Where(p => p.HasProcess).ToList();
        var lines = board.LogOf(process.Resource).Entries();
        var processes = all.Where(p => p.Resource == process.Resource).ToList();
        return Html.Of($"""
            <form class="filters" role="search">
              <label>Resource <select id="resource">{all.DistinctBy(p => p.Resource).Select(p => Html.Of($"""
                <option value="/consolelogs/{p.Resource}" {Selected(p.Resource == process.Resource)}>{
                p.Resource}</option>
                """))}</select></label>
              {(processes.Count < 2 ? Html.None : Html.Of($"""
                <label>Process <select id="process"><option value="">all</option>{processes.Select(p => Html.Of(
                $"<option {Selected(p.Id == only)}>{p.Id}</option>"))}</select></label>
                """))}
              <label>Find <input id="find" type="search" autocomplete="off"></label>
              <label class="check"><input id="follow" type="checkbox" checked> Follow</label>
              <a class="button" id="download" href="/api/consolelogs/{process.Resource}/download">Download</a>
              <span id="count" role="status"></span>
            </form>
            <ol class="console" id="console" tabindex="0" aria-label="Console of {process.Resource}"
              data-source="/api/consolelogs/{process.Resource}" data-last="{(lines.Count > 0 ? lines[^1].Number : 0)}">{
              lines.TakeLast(Shown).Select(ConsoleMarkup.Line)}</ol>
            """);
    }

    private static Html Selected(bool selected) => selected ? new Html("selected") : Html.None;
}
