using Performance.Notifications.Email;
using Performance.Notifications.Templates;

namespace Performance.Notifications.Deliveries;

/// <summary>What sends messages.</summary>
internal static class DeliveryExtensions
{
    public static void AddDeliveries(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EmailSettings>();
        builder.Services.AddSingleton<TemplateFolder>();
        builder.Services.AddSingleton<MailComposer>();
        builder.Services.AddSingleton<Recipients>();
        builder.Services.AddSingleton<IMailSender>(services =>
        {
            var settings = services.GetRequiredService<EmailSettings>();
            return settings.Host is null ? new FolderSender(settings) : new SmtpSender(settings);
        });
        builder.Services.AddSingleton<Signals>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Signals>());
        builder.Services.AddHostedService<Dispatcher>();
    }
}
