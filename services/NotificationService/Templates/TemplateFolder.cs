namespace Performance.Notifications.Templates;

/// <summary>
/// The templates, read once from the files beside the service (setting <c>Templates:Folder</c>); a file that cannot
/// be used stops the service at its start, not at the first mail.
/// </summary>
internal sealed class TemplateFolder
{
    private readonly IReadOnlyDictionary<string, MessageTemplate> templates;

    public TemplateFolder(IConfiguration configuration)
    {
        var folder = configuration["Templates:Folder"] ?? Path.Combine(AppContext.BaseDirectory, "Templates");
        templates = Directory.GetFiles(folder, "*.txt")
            .Select(path => MessageTemplate.Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))
            .ToDictionary(template => template.Name);
        foreach (var template in templates.Values)
        {
            template.Render(Sample);
        }
    }

    /// <summary>What previews are filled with.</summary>
    public static IReadOnlyDictionary<string, string> Sample { get; } = new Dictionary<string, string>
    {
        ["name"] = "Robin Sample",
        ["ticket"] = "INC0000045",
        ["title"] = "Registration renewal <two vehicles>",
        ["by"] = " by supervisor",
        ["headline"] = "Your grade of November 2026 is now B",
        ["grades"] = "November 2026: from C to B",
        ["link"] = "https://performance.example/tickets/00000000-0000-0000-0000-000000000001",
        ["preferences"] = "https://performance.example/preferences"
    };

    public IEnumerable<MessageTemplate> All => templates.Values.OrderBy(t => t.Name, StringComparer.Ordinal);

    public MessageTemplate? Find(string name) => templates.GetValueOrDefault(name);
}
