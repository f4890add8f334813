using System.Net;
using System.Net.Mail;

namespace Performance.Notifications.Email;

/// <summary>Hands messages to a mail server.</summary>
internal sealed class SmtpSender(EmailSettings settings) : IMailSender
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task SendAsync(Guid deliveryId, MailMessage message, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.UserName is not null)
        {
            client.Credentials = new NetworkCredential(settings.UserName, settings.Password);
        }

        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server did not answer within {Longest.TotalSeconds:0} s.");
        }
    }
}
