using System.Globalization;

namespace Performance.Notifications.Email;

/// <summary>
/// Settings <c>Email:Smtp:Host/Port/UserName/Password/Tls/From</c>; without a host, mails become .eml files in
/// <c>Email:Folder</c>. <c>Portal:Address</c> is where links in mails lead; without it, to the gateway.
/// </summary>
internal sealed class EmailSettings(IConfiguration configuration)
{
    public string? Host { get; } = Given(configuration["Email:Smtp:Host"]);

    public int Port { get; } = Given(configuration["Email:Smtp:Port"]) is { } port
        ? int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture)
        : Encrypted(configuration) ? 587 : 25;

    public string? UserName { get; } = Given(configuration["Email:Smtp:UserName"]);

    public string? Password { get; } = Given(configuration["Email:Smtp:Password"]);

    /// <summary>STARTTLS, unless the setting says false.</summary>
    public bool Tls { get; } = Encrypted(configuration);

    public string From { get; } = Given(configuration["Email:Smtp:From"]) ?? "performance@localhost";

    public string Folder { get; } = Path.GetFullPath(Given(configuration["Email:Folder"]) ?? "mail");

    public string Portal { get; } =
        (Given(configuration["Portal:Address"]) ?? Given(configuration["services:gateway:http:0"])
            ?? "http://localhost:8080").TrimEnd('/');

    private static bool Encrypted(IConfiguration configuration) =>
        !string.Equals(configuration["Email:Smtp:Tls"], "false", StringComparison.OrdinalIgnoreCase);

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
