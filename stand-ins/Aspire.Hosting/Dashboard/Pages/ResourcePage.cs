namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>One resource: state, checks, addresses, what it uses, environment.</summary>
internal static class ResourcePage
{
    private const string Hidden = "●●●●●●●●";

    public static Html Render(ProcessView p, ResourceBoard board) => Html.Of($"""
        <div data-live="resource">
        <div class="head">{Signs.State(p)} {Signs.Health(p)}
          <span class="commands">{Signs.Commands(p)}</span>
          {(p.HasProcess ? Html.Of($"""<a href="/consolelogs/{p.Resource}?process={p.Id}">Console</a>""") : Html.None)}
        </div>
        <dl class="facts">
          <div><dt>Type</dt><dd>{p.Type}</dd></div>
          <div><dt>Id</dt><dd>{p.Id}</dd></div>
          {Fact("Process", p.Pid)}{Fact("Replicas", p.Replicas > 1 ? p.Replicas : null)}
          {Fact("Exit code", p.ExitCode)}
          <div><dt>Started</dt><dd>{Signs.Time(p.Started)}</dd></div>
          {(p.Stopped is null ? Html.None : Html.Of($"<div><dt>Ended</dt><dd>{Signs.Time(p.Stopped)}</dd></div>"))}
          {p.Facts.Where(f => f.Name != "executable.pid").Select(f => Fact(f.Name, f.Value))}
        </dl>
        {Section("Addresses", p.Urls.Select(u => Html.Of(
            $"<tr><th scope=\"row\">{u.Name}</th><td>{Signs.Address(u, p.IsRunning)}</td></tr>")))}
        {Section("Health checks", p.Checks.Select(c => Html.Of($"""
            <tr><th scope="row">{c.Name}</th><td>{Signs.Check(c.Status)}</td><td>{c.Description}</td>
            <td>{Signs.Time(c.LastRunAt)}</td></tr>
            """)))}
        {Section("Uses", p.Relationships.GroupBy(r => r.ResourceName).Select(r => Html.Of($"""
            <tr><th scope="row">{(board.Find(r.Key) is { } other
                ? Html.Of($"<a href=\"/resources/{other.Id}\">{r.Key}</a>") : Html.Of($"{r.Key}"))}</th>
            <td>{string.Join(", ", r.Select(x => x.Type).Distinct())}</td></tr>
            """)))}
        {Section("Environment", p.Environment.Select(v => Variable(p, v.Name, v.Value, v.IsSecret)))}
        </div>
        """);

    private static Html Variable(ProcessView p, string name, string value, bool isSecret) => Html.Of($"""
        <tr><th scope="row"><code>{name}</code></th><td><code class="value">{(isSecret ? Hidden : value)}</code></td>
        <td>{(isSecret ? Html.Of($"""
            <button type="button" data-reveal="/api/resources/{p.Id}/environment/{name}" aria-label="Reveal {name}">
            Reveal</button>
            """) : Html.None)}</td></tr>
        """);

    private static Html Fact(string name, object? value) =>
        value is null ? Html.None : Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Html Section(string title, IEnumerable<Html> rows)
    {
        var all = rows.ToList();
        return all.Count == 0 ? Html.None : Html.Of($"""
            <section aria-label="{title}"><h2>{title}</h2><table class="details"><tbody>{all}</tbody></table></section>
            """);
    }
}
