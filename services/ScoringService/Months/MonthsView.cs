using System.Text.Json;
using Performance.Scoring.Live;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Months;

/// <summary>The months that are closed, each with its closing event. The last word on a month counts.</summary>
internal static class MonthsView
{
    public static void Apply(ViewBatch batch, IReadOnlyList<object> facts)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case MonthClosed e:
                    batch.Queue("""
                        insert into frozen_months (month, policy_version, data) values (?, ?, ?::jsonb)
                        on conflict (month) do update set
                            policy_version = excluded.policy_version, data = excluded.data
                        """, BusinessZone.MonthNumber(e.Month), e.PolicyVersion, JsonSerializer.Serialize(e));
                    batch.Changes.Add(Topics.Scorecard, Changes.All);
                    break;
                case MonthReopened e:
                    batch.Queue("delete from frozen_months where month = ?", BusinessZone.MonthNumber(e.Month));
                    batch.Changes.Add(Topics.Scorecard, Changes.All);
                    break;
            }
        }
    }
}
