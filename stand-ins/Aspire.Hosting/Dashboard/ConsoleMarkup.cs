using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dashboard;

/// <summary>Lines of a console as markup: colour codes become classes, everything else is encoded.</summary>
internal static partial class ConsoleMarkup
{
    public static Html Line(ConsoleLine line)
    {
        var kind = line.IsError ? "line error" : line.Source is null ? "line host" : "line";
        return Html.Of($"""
            <li class="{kind}" data-process="{line.Source ?? ""}" value="{line.Number}"><time datetime="{
            line.At.ToString("O")}">{line.At.ToLocalTime().ToString("HH:mm:ss.fff")}</time><span class="text">{
            Coloured(line.Text)}</span></li>
            """);
    }

    /// <summary>Without colour codes.</summary>
    public static string Plain(string text) => Code().Replace(text, "");

    private static Html Coloured(string text)
    {
        var markup = new StringBuilder();
        var (at, style) = (0, "");
        foreach (Match code in Code().Matches(text))
        {
            Append(text[at..code.Index]);
            at = code.Index + code.Length;
            if (code.Value.EndsWith('m'))
                style = Next(style, code.Groups[1].Value);
        }

        Append(text[at..]);
        return new Html(markup.ToString());

        void Append(string part)
        {
            if (part.Length == 0)
                return;
            markup.Append(style.Length == 0
                ? Html.Of($"{part}") : Html.Of($"<span class=\"{style}\">{part}</span>"));
        }
    }

    private static string Next(string style, string codes)
    {
        foreach (var code in codes.Split(';'))
        {
            style = code switch
            {
                "" or "0" or "39" or "22" or "49" => "",
                _ when int.TryParse(code, out var n) && n is (>= 30 and <= 37) or (>= 90 and <= 97) => $"c{n % 10}",
                _ => style,
            };
        }

        return style;
    }

    [GeneratedRegex(@"\x1b\[([0-9;]*)[A-Za-z]")]
    private static partial Regex Code();
}
