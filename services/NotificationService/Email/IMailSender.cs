using System.Net.Mail;

namespace Performance.Notifications.Email;

/// <summary>Hands a message over, to a mail server or to a folder.</summary>
internal interface IMailSender
{
    /// <summary>Returns once the other side has the message for good; throws if it does not.</summary>
    Task SendAsync(Guid deliveryId, MailMessage message, CancellationToken cancel);
}
