using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Templates;

/// <summary><c>GET templates</c>, and <c>GET templates/{name}/preview</c>: the message with sample values.</summary>
internal static class ReadTemplates
{
    internal sealed record Row(string Name, string Subject, IReadOnlyList<string> Placeholders);

    internal sealed record List(IReadOnlyList<Row> Items, int Total);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/templates", (TemplateFolder templates) =>
        {
            var rows = templates.All
                .Select(t => new Row(t.Name, t.Subject, [.. t.Placeholders.Order(StringComparer.Ordinal)])).ToList();
            return Results.Ok(new List(rows, rows.Count));
        }).RequireAuthorization(Policies.Administration).Produces<List>();

        group.MapGet("/templates/{name}/preview", (string name, TemplateFolder templates) => Results.Ok(
            (templates.Find(name) ?? throw new NotFoundException("There is no such template."))
                .Render(TemplateFolder.Sample)))
            .RequireAuthorization(Policies.Administration).Produces<RenderedMessage>();
    }
}
