using System.Net.Mail;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Performance.Notifications.Email;

namespace Performance.Notifications;

/// <summary>
/// The dispatcher dies between handing the mail over and committing that it did: its transaction is lost with its
/// connection, which is what the database sees of a kill.
/// </summary>
public sealed class A_crash_after_the_mail_was_written : IAsyncLifetime
{
    private readonly NotificationApp app = new();

    public Task InitializeAsync()
    {
        app.Configure = services => services.AddSingleton<IMailSender, CrashingSender>();
        return app.InitializeAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Leaves_one_mail_in_the_end()
    {
        var fact = Given.Assigned(app.Robin, recordedAt: app.Clock.GetUtcNow());
        await app.HearAsync(fact);
        var delivery = await app.DeliveryAsync(fact.TicketId, "Sent");

        var crashing = (CrashingSender)app.Services.GetRequiredService<IMailSender>();
        Assert.Equal(3, crashing.Sent);
        Assert.Equal(1, delivery["attempts"]!.GetValue<int>());
        Assert.Equal(1, app.MailsAbout(fact.TicketId));
        Assert.Single(app.Mails());
        Assert.Equal(2, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1", delivery["id"]!.GetValue<Guid>()));
    }

    /// <summary>Writes the mail as usual; the first two times the claim's connection is gone afterwards.</summary>
    private sealed class CrashingSender(EmailSettings settings, NpgsqlDataSource database) : IMailSender
    {
        private readonly FolderSender real = new(settings);

        public int Sent { get; private set; }

        public async Task SendAsync(Guid deliveryId, MailMessage message, CancellationToken cancel)
        {
            await real.SendAsync(deliveryId, message, cancel);
            if (++Sent <= 2)
            {
                await using var kill = database.CreateCommand("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()
                    """);
                await kill.ExecuteScalarAsync(cancel);
            }
        }
    }
}
