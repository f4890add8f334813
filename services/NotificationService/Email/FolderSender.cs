using System.Net.Mail;

namespace Performance.Notifications.Email;

/// <summary>
/// Writes messages as .eml files, named after the delivery: a repeat after a crash replaces the file with the same
/// message, and nobody sees half of one.
/// </summary>
internal sealed class FolderSender(EmailSettings settings) : IMailSender
{
    public async Task SendAsync(Guid deliveryId, MailMessage message, CancellationToken cancel)
    {
        // SmtpClient chooses the name of the file it writes, so it gets a directory of its own, out of sight.
        var own = Directory.CreateTempSubdirectory("performance-mail-");
        try
        {
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = own.FullName
            };
            await client.SendMailAsync(message, cancel);
            await PutAsync(own.GetFiles().Single(), deliveryId, cancel);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    /// <summary>A rename within the folder is atomic; before it, the bytes have reached the disk.</summary>
    private async Task PutAsync(FileInfo written, Guid deliveryId, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Folder);
        var unfinished = Path.Combine(settings.Folder, $".{deliveryId:D}.unfinished");
        await using (var from = written.OpenRead())
        await using (var to = File.Create(unfinished))
        {
            await from.CopyToAsync(to, cancel);
            to.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Path.Combine(settings.Folder, $"{deliveryId:D}.eml"), overwrite: true);
    }
}
