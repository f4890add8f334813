using System.Text.Json;
using Performance.Scoring.Live;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;

namespace Performance.Scoring.Settings;

/// <summary>The settings and the policy versions as rows, so that a query reads them in its own snapshot.</summary>
internal static class SettingsView
{
    public static async Task ApplyAsync(ViewBatch batch, IReadOnlyList<object> facts, CancellationToken cancel)
    {
        var stored = await batch.ReadAsync(
            "select data::text from scoring_settings", r => r.GetString(0), cancel);
        var before = stored.Count == 0 ? null : JsonSerializer.Deserialize<ScoringSettings>(stored[0]);
        batch.Settings = before ?? ScoringSettings.Default;
        if (facts.OfType<SettingsChanged>().LastOrDefault() is { } changed)
        {
            batch.Settings = changed.Settings;
            batch.ZoneChanged = changed.Settings.BusinessZone
                != (before ?? ScoringSettings.Default).BusinessZone;
            batch.Queue("""
                insert into scoring_settings (id, data) values (1, ?::jsonb)
                on conflict (id) do update set data = excluded.data
                """, JsonSerializer.Serialize(changed.Settings));
            batch.Changes.Add(Topics.Settings, Changes.All);
            batch.Changes.Add(Topics.Scorecard, Changes.All);
            batch.Changes.Add(Topics.Rejections, Changes.All);
            batch.Changes.Add(Topics.My, Changes.All);
        }

        foreach (var e in facts.OfType<PolicyPublished>())
        {
            batch.Queue("""
                insert into score_policies (version, data) values (?, ?::jsonb)
                on conflict (version) do update set data = excluded.data
                """, e.Version, JsonSerializer.Serialize(
                    new PolicyVersion(e.Version, e.EffectiveFrom, e.Policy, e.By, e.OccurredAt)));
            batch.Changes.Add(Topics.Policies, Changes.All);
            batch.Changes.Add(Topics.Scorecard, Changes.All);
            batch.Changes.Add(Topics.Pipeline, Changes.All);
            batch.Changes.Add(Topics.Rejections, Changes.All);
        }
    }
}
