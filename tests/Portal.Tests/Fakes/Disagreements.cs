using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

/// <summary>Made-up disputes and overrides of the organisation's tickets.</summary>
internal static class Disagreements
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 17, 0, 0, TimeSpan.Zero);

    private static readonly (string Reason, decimal Hours, bool? Accepted, string? Answer)[] Made =
    [
        ("The county lost page 2: the clerk confirmed it by phone on Tuesday, her name is on the fax cover sheet.", 122,
            null, null),
        ("Fee table changed overnight.", 31, null, null),
        ("The VIN is right.\nSee the title scan.", 0.4m, null, null),
        ("The form was valid when we sent it.", 26, true, "Right: the new form came out a week later."),
        ("The signature is on the back.", 50.5m, false, "The county wants it on the front, as our checklist says.")
    ];

    public static IEnumerable<Dispute> Of(IEnumerable<FakeTicket> tickets, Func<Guid?, string?> nameOf) => Made
        .Zip(tickets.Where(t => t is { Agent: not null, Rejections.Count: 1 }), (d, t) => new Dispute(
            t.Id, t.Id, t.ExternalId, $"{t.Type} for {t.State}", t.Agent, nameOf(t.Agent), t.Rejections[0].EventId,
            [t.Rejections[0].Label], d.Reason, "agent", Monday.AddHours(-(double)d.Hours), d.Hours, d.Accepted,
            d.Accepted is null ? null : "supervisor", d.Accepted is null ? null : Monday, d.Answer, false));

    public static IEnumerable<OverrideLine> Overrides(
        IEnumerable<FakeTicket> tickets, Func<Guid?, string?> nameOf) =>
        tickets.Where(t => t.Rejections.Count > 0).Skip(10).Take(60).Select((t, i) => new OverrideLine(
            new Guid($"55555555-0000-4000-8000-{i:D12}"), t.Id, t.ExternalId, $"{t.Type} for {t.State}", t.Agent,
            nameOf(t.Agent),
            (i % 5) switch { 1 => "disputeAccepted", 2 => "disputeDeclined", 4 => "withdrawn", _ => "excused" },
            i % 3 == 0 ? null : t.Rejections[0].EventId, i % 3 == 0 ? null : t.Rejections[0].Label,
            i % 4 == 0 ? "lead" : "supervisor", Reasons[i % Reasons.Length], Monday.AddHours(-7 * i)));

    private static readonly string[] Reasons =
    [
        "County error, confirmed by phone.", "Fee table changed overnight.",
        "The county wants the signature on the front, as our checklist has said since the spring; please look there.",
        "Was ours after all."
    ];
}
