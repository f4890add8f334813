using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Npgsql;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Templates;
using Performance.ServiceDefaults.Directory;

namespace Performance.Notifications.Email;

/// <summary>Makes the mail of a delivery. The same delivery makes the same Message-ID, whenever it is sent.</summary>
internal sealed class MailComposer(EmailSettings settings, TemplateFolder templates, NpgsqlDataSource database)
{
    private const int LongestName = 100;

    public async Task<RenderedMessage> RenderAsync(
        Delivery delivery, string recipient, CancellationToken cancel)
    {
        var template = templates.Find(delivery.Template)
            ?? throw new InvalidDataException($"There is no template {delivery.Template}.");
        var values = new Dictionary<string, string>
        {
            ["name"] = recipient,
            ["by"] = delivery.By is { } by ? $" by {by}" : "",
            ["preferences"] = $"{settings.Portal}/inbox"
        };
        if (delivery.TicketId is { } ticket)
        {
            (values["ticket"], values["title"]) = await TicketAsync(ticket, cancel);
            values["link"] = $"{settings.Portal}/tickets/{ticket:D}";
        }
        else if (delivery.Grades is [var latest, ..] grades)
        {
            values["headline"] = GradeWords.Headline(grades);
            values["grades"] = GradeWords.List(grades);
            values["link"] = string.Create(
                CultureInfo.InvariantCulture, $"{settings.Portal}/my/scorecard?month={latest.Month:yyyy-MM}");
        }

        return template.Render(values);
    }

    public MailMessage Compose(Guid deliveryId, RenderedMessage rendered, DirectoryEntry recipient)
    {
        var from = new MailAddress(settings.From, "Performance");
        var message = new MailMessage
        {
            From = from,
            Subject = rendered.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8
        };
        message.To.Add(new MailAddress(recipient.Email!, DisplayName(recipient.Name), Encoding.UTF8));
        message.Headers.Add("Message-ID", $"<{deliveryId:D}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(Part(rendered.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(Part(rendered.Html, MediaTypeNames.Text.Html));
        return message;
    }

    /// <summary>Quoted-printable: a person can read the file as it is.</summary>
    private static AlternateView Part(string text, string type)
    {
        var part = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, type);
        part.TransferEncoding = TransferEncoding.QuotedPrintable;
        return part;
    }

    /// <summary>What may stand in a header as a name: no line break, no quote that ends it early.</summary>
    private static string DisplayName(string name)
    {
        var plain = new string([.. name.Where(c => !char.IsControl(c) && c is not ('"' or '\\' or '<' or '>'))]);
        return plain.Length > LongestName ? plain[..LongestName] : plain;
    }

    private async Task<(string Number, string Title)> TicketAsync(Guid ticketId, CancellationToken cancel)
    {
        await using var read = database.CreateCommand(
            "select external_id, title from ticket_name where ticket_id = $1");
        read.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ticketId });
        await using var reader = await read.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? (reader.GetString(0), reader.IsDBNull(1) ? "(no title)" : reader.GetString(1))
            : (ticketId.ToString("D"), "(no title)");
    }
}
