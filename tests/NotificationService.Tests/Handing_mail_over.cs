using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Performance.Notifications.Email;
using Performance.Notifications.Templates;

namespace Performance.Notifications;

public sealed partial class Handing_mail_over : IDisposable
{
    private static readonly Guid Id = Guid.NewGuid();
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"mail-{Guid.NewGuid():n}");

    [Fact]
    public async Task To_the_folder_writes_one_whole_file_named_after_the_delivery()
    {
        var sender = new FolderSender(Settings());
        await SendAsync(sender, Id, "Ticket INC1 is yours");
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal($"{Id:D}.eml", Path.GetFileName(file));
        var mail = await File.ReadAllTextAsync(file);
        Assert.Contains($"Message-ID: <{Id:D}@performance.example>", mail);
        Assert.Contains("Subject: Ticket INC1 is yours", mail);
        Assert.Contains("robin@example.org", mail);
        Assert.Contains("text/plain", mail);
        Assert.Contains("text/html", mail);
    }

    [Fact]
    public async Task To_the_folder_again_replaces_the_file()
    {
        var sender = new FolderSender(Settings());
        await SendAsync(sender, Id, "First");
        await SendAsync(sender, Id, "Second");
        Assert.Contains("Subject: Second", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder))));
    }

    [Fact]
    public async Task To_a_server_keeps_the_message_id()
    {
        await using var server = new FakeSmtpServer();
        var sender = new SmtpSender(Settings(server.Port));
        await SendAsync(sender, Id, "Once");
        await SendAsync(sender, Id, "Twice");
        var ids = server.Accepted.Select(mail => MessageId().Match(mail).Value).ToList();
        Assert.Equal([$"Message-ID: <{Id:D}@performance.example>"], ids.Distinct());
        Assert.Equal(2, ids.Count);
    }

    [Fact]
    public async Task To_a_server_that_refuses_or_is_not_there_throws()
    {
        await using (var server = new FakeSmtpServer(1))
        {
            await Assert.ThrowsAnyAsync<SmtpException>(() => SendAsync(new SmtpSender(Settings(server.Port)), Id, "X"));
            Assert.Empty(server.Accepted);
        }

        await Assert.ThrowsAnyAsync<SmtpException>(() => SendAsync(new SmtpSender(Settings(1)), Id, "X"));
    }

    [Theory]
    [InlineData("Robin\r\nBcc: all@example.org")]
    [InlineData("Robin\" <evil@example.org>, \"x")]
    [InlineData("Робин Ünïcode 名前")]
    [InlineData("")]
    public async Task Never_lets_a_name_become_a_header_or_another_recipient(string name)
    {
        await using var server = new FakeSmtpServer();
        await SendAsync(new SmtpSender(Settings(server.Port)), Id, "Subject", name);
        var headers = Assert.Single(server.Accepted).Split("\n\n")[0].Replace("\n ", " ");
        Assert.DoesNotContain("\nBcc:", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, server.Offered);
        Assert.Equal("robin@example.org", new MailAddress(ToHeader().Match(headers).Groups[1].Value).Address);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task SendAsync(IMailSender sender, Guid id, string subject, string name = "Robin")
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");
        var composer = new MailComposer(Settings(), new TemplateFolder(new ConfigurationBuilder().Build()), nowhere);
        var person = Given.Person() with { Name = name };
        using var message = composer.Compose(id, new RenderedMessage(subject, "Hello\n", "<p>Hello</p>\n"), person);
        await sender.SendAsync(id, message, CancellationToken.None);
    }

    private EmailSettings Settings(int? port = null) => new(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["Email:Folder"] = folder,
            ["Email:Smtp:Host"] = port is null ? null : "127.0.0.1",
            ["Email:Smtp:Port"] = port?.ToString(),
            ["Email:Smtp:Tls"] = "false",
            ["Email:Smtp:From"] = "desk@performance.example"
        }).Build());

    [GeneratedRegex("^Message-ID: .*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    [GeneratedRegex("^To: (.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ToHeader();
}
