using Microsoft.Extensions.Configuration;
using Performance.Notifications.Intake;
using Performance.Notifications.Templates;

namespace Performance.Notifications;

public sealed class A_template
{
    private static readonly MessageTemplate Template = MessageTemplate.Parse(
        "t",
        "subject: {{ticket}} for {{name}}\n--- text\nHello {{name}}\n--- html\n<p title=\"{{name}}\">{{name}}</p>\n");

    [Fact]
    public void Is_filled_in_each_part()
    {
        var message = Render("INC1", "Robin");
        Assert.Equal(("INC1 for Robin", "Hello Robin\n", "<p title=\"Robin\">Robin</p>\n"), (
            message.Subject, message.Text, message.Html));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='x")]
    [InlineData("&lt;b&gt;")]
    public void Lets_no_markup_out_of_a_value(string value)
    {
        var html = Render("INC1", value).Html;
        Assert.DoesNotContain(value, html);
        Assert.Equal(2, html.Count(c => c == '<'));
        Assert.Equal(2, html.Count(c => c == '"'));
        Assert.Equal("Hello " + value + "\n", Render("INC1", value).Text);
    }

    [Theory]
    [InlineData("x\r\nBcc: all@example.org")]
    [InlineData("x\nBcc: all@example.org")]
    [InlineData("x\rBcc: all@example.org")]
    [InlineData("x\u0085Bcc: all@example.org")]
    [InlineData("x\u2028Bcc: all@example.org\u0000")]
    public void Keeps_the_subject_on_one_line(string value) => Assert.DoesNotContain(
        Render(value, "Robin").Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029');

    [Fact]
    public void Does_not_read_placeholders_out_of_values() =>
        Assert.Equal("Hello {{ticket}}\n", Render("INC1", "{{ticket}}").Text);

    [Fact]
    public void Shortens_a_subject_that_is_too_long() =>
        Assert.Equal(200, Render(new string('x', 500), "Robin").Subject.Length);

    [Fact]
    public void With_an_unknown_placeholder_or_a_missing_part_is_a_mistake()
    {
        Assert.Throws<InvalidDataException>(() => Template.Render(new Dictionary<string, string>()));
        Assert.Throws<InvalidDataException>(() => MessageTemplate.Parse("t", "subject: x\n--- html\n--- text\n"));
        Assert.Throws<InvalidDataException>(() => MessageTemplate.Parse("t", "--- text\n--- html\n"));
    }

    [Fact]
    public void Of_every_message_there_is_fills_with_the_sample()
    {
        var folder = new TemplateFolder(new ConfigurationBuilder().Build());
        var message = folder.Find("ticket-assigned")!.Render(TemplateFolder.Sample);
        Assert.Equal("Ticket INC0000045 is yours", message.Subject);
        Assert.Contains("&lt;two vehicles&gt;", message.Html);
        Assert.Contains("<two vehicles>", message.Text);
        Assert.DoesNotContain("{{", message.Subject + message.Text + message.Html);
    }

    [Fact]
    public void Is_there_for_every_kind_of_message()
    {
        var folder = new TemplateFolder(new ConfigurationBuilder().Build());
        string[] kinds =
        [
            Assignments.Kind, Verdicts.Rejected, Verdicts.SentBack, Verdicts.Excused, Verdicts.Withdrawn,
            Verdicts.Accepted, Verdicts.Declined, GradeFactsHandler.Kind
        ];
        Assert.Equal(kinds.Order(StringComparer.Ordinal), folder.All.Select(t => t.Name));
    }

    private static RenderedMessage Render(string ticket, string name) =>
        Template.Render(new Dictionary<string, string> { ["ticket"] = ticket, ["name"] = name });
}
