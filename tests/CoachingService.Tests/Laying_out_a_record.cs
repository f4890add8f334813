using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Performance.Coaching.Records;
using Performance.Coaching.Sessions;

namespace Performance.Coaching;

/// <summary>Wrapping and page breaks, with a font whose every character is six points wide.</summary>
public sealed class Laying_out_a_record
{
    private const double Room = RecordLayout.Width - (2 * RecordLayout.Margin);

    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void Text_breaks_at_spaces_and_keeps_its_own_line_breaks() => Assert.Equal(
        ["one two", "three", "", "four"], RecordText.Wrap("one two three\r\n\r\nfour", 48, text => text.Length * 6));

    [Fact]
    public void A_word_that_is_too_wide_is_cut_but_never_inside_a_character() => Assert.Equal(
        ["x\u0302", "x\u0302", "ab", "c"], RecordText.Wrap("x\u0302x\u0302abc", 12, text => text.Length * 6));

    [Fact]
    public void No_line_is_too_wide_and_no_letter_is_lost()
    {
        var letters = Gen.Elements("a", "Ä", "word", "averyveryverylongword", " ", "  ", "\n", "\t").ArrayOf();
        Prop.ForAll(letters.ToArbitrary(), parts =>
        {
            var text = string.Concat(parts);
            var lines = RecordText.Wrap(text, 60, line => line.Length * 6);
            return lines.All(line => line.Length <= 10)
                && Letters(string.Concat(lines)) == Letters(text.Normalize(NormalizationForm.FormC));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Everything_stands_inside_the_margins_and_nothing_is_lost_over_the_pages()
    {
        var sessions = Enumerable.Range(1, 40).Select(n => Session(n, words: n * 17)).ToList();
        var pages = Pages(sessions);
        Assert.True(pages.Count > 5);
        var texts = pages.SelectMany(p => p.Texts).ToList();
        Assert.All(texts, t => Assert.InRange(
            t.Y, RecordLayout.Margin, RecordLayout.Bottom - RecordLayout.LineOf(RecordStyle.Small) + 1));
        Assert.All(texts, t => Assert.InRange(t.X + (t.Text.Length * 6), 0, RecordLayout.Margin + Room));
        var words = string.Join(' ', texts.Select(t => t.Text)).Split(' ');
        Assert.Equal(sessions.Sum(s => s.Notes.Split(' ').Length), words.Count(IsOfTheNotes));
    }

    [Fact]
    public void A_page_ends_with_no_heading_and_no_single_line_stands_alone()
    {
        foreach (var first in Enumerable.Range(1, 60))
        {
            var pages = Pages([Session(1, words: first * 13), Session(2, words: 600)]);
            foreach (var page in pages.SkipLast(1))
            {
                var (last, before) = (page.Texts[^1], page.Texts[^2]);
                Assert.Equal(RecordStyle.Body, last.Style);
                Assert.True(before.Style is RecordStyle.Body or RecordStyle.Label);
            }

            Assert.All(pages.Skip(1), page => Assert.True(
                page.Texts[0].Style is RecordStyle.Heading or RecordStyle.Label
                || IsOfTheNotes(page.Texts[1].Text)));
        }
    }

    [Fact]
    public void The_signatures_stay_together()
    {
        foreach (var words in Enumerable.Range(1, 60).Select(n => n * 13))
        {
            var last = Pages([Session(1, words)])[^1].Texts.Select(t => t.Text).ToList();
            Assert.Equal(["Signatures", "Agent", "Date", "Supervisor", "Date"], last[^5..]);
        }
    }

    private static IReadOnlyList<RecordPage> Pages(IReadOnlyList<CoachingSession> sessions)
    {
        var record = new CoachingRecord(
            "Coaching record: Ann", [("Agent", "Ann"), ("Printed", "now")], [.. sessions.Select(s => (s, "Ann"))],
            ["Agent", "Supervisor"]);
        var days = new BusinessDay(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        return new RecordLayout((_, text) => text.Length * 6).Pages(record.Paragraphs(days, Today));
    }

    private static CoachingSession Session(int n, int words) => new()
    {
        Id = Guid.NewGuid(), AgentId = Guid.NewGuid(), Date = Today.AddDays(-n), By = "sam", RecordedAt = Given.Now,
        Notes = string.Join(' ', Enumerable.Range(1, words).Select(w => $"word{w}")),
        ActionItem = n % 2 == 0 ? new ActionItem("Read the guide", ActionOwner.Agent, Today) : null
    };

    private static bool IsOfTheNotes(string text) => text.StartsWith("word", StringComparison.Ordinal);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));
}
