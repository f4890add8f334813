using System.Collections.Frozen;
using System.Net;
using System.Text.RegularExpressions;

namespace Performance.Notifications.Templates;

/// <summary>A message as it goes out.</summary>
internal sealed record RenderedMessage(string Subject, string Text, string Html);

/// <summary>
/// One message's template: a file with a <c>subject:</c> line, a part <c>--- text</c> and a part <c>--- html</c>.
/// <c>{{name}}</c> stands for a value: encoded in the HTML part, on one line in the subject.
/// </summary>
internal sealed partial record MessageTemplate(string Name, string Subject, string Text, string Html)
{
    private const string SubjectMark = "subject:";
    private const string TextMark = "--- text";
    private const string HtmlMark = "--- html";
    private const int LongestSubject = 200;

    /// <summary>The placeholders it uses.</summary>
    public IReadOnlySet<string> Placeholders { get; } = Placeholder().Matches(Subject + Text + Html)
        .Select(match => match.Groups[1].Value).ToFrozenSet();

    public static MessageTemplate Parse(string name, string file)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        var (text, html) = (Array.IndexOf(lines, TextMark), Array.IndexOf(lines, HtmlMark));
        return lines[0].StartsWith(SubjectMark, StringComparison.Ordinal) && text == 1 && html > text
            ? new MessageTemplate(
                name,
                lines[0][SubjectMark.Length..].Trim(),
                string.Join('\n', lines[(text + 1)..html]).Trim('\n') + "\n",
                string.Join('\n', lines[(html + 1)..]).Trim('\n') + "\n")
            : throw new InvalidDataException(
                $"Template {name}: expected '{SubjectMark} …', '{TextMark}' and '{HtmlMark}', in this order.");
    }

    /// <summary>Fills in the values; one that is missing is a mistake of ours, not an empty place in a mail.</summary>
    public RenderedMessage Render(IReadOnlyDictionary<string, string> values)
    {
        var subject = OneLine(Fill(Subject, values, value => value));
        return new RenderedMessage(
            subject.Length > LongestSubject ? subject[..(LongestSubject - 1)] + "…" : subject,
            Fill(Text, values, value => value),
            Fill(Html, values, WebUtility.HtmlEncode));
    }

    private string Fill(string part, IReadOnlyDictionary<string, string> values, Func<string, string?> encode) =>
        Placeholder().Replace(part, match => values.TryGetValue(match.Groups[1].Value, out var value)
            ? encode(value) ?? ""
            : throw new InvalidDataException($"Template {Name}: no value for {match.Value}."));

    /// <summary>No line break and no control character can get into a header.</summary>
    private static string OneLine(string text) =>
        new string([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Trim();

    [GeneratedRegex(@"\{\{([a-zA-Z]+)\}\}")]
    private static partial Regex Placeholder();
}
