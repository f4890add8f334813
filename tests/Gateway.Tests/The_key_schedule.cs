using FsCheck;
using FsCheck.Fluent;

namespace Performance.Gateway;

/// <summary>Any schedule of maintenance, however irregular, never leaves a token without its published key.</summary>
public sealed class The_key_schedule
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TokenSettings Settings = new();

    // From much shorter than a token's life to longer than a key's.
    private static readonly Gen<TimeSpan[]> Pauses = Gen.ArrayOf(Gen.Elements(
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(50),
        TimeSpan.FromHours(7), TimeSpan.FromDays(3), TimeSpan.FromDays(29.98), TimeSpan.FromDays(45)), 60);

    [Fact]
    public void Always_has_a_signer_and_keeps_every_key_whose_tokens_live() => Prop.ForAll(
        Pauses.ToArbitrary(),
        pauses =>
        {
            var keys = new List<SigningKey>();
            var now = Start;
            var tokens = new List<(string Key, DateTimeOffset Until)>();
            foreach (var pause in pauses)
            {
                if (KeySchedule.NextFrom(keys, "me", now, Settings) is { } from)
                {
                    keys.Add(SigningKey.Create(from, "me"));
                }

                keys = keys.Except(KeySchedule.Retired(keys, "me", now, Settings)).ToList();
                var signer = KeySchedule.Signer(keys, "me", now);
                if (signer is null || tokens.Any(token => token.Until > now && keys.All(key => key.Id != token.Key)))
                {
                    return false;
                }

                tokens.Add((signer.Id, now + Settings.Lifetime));
                now += pause;
            }

            return keys.Count <= 3;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changes_the_signer_about_once_a_month_and_announces_it_first()
    {
        var keys = new List<SigningKey>();
        var signers = new HashSet<string>();
        var announcedFor = TimeSpan.MaxValue;
        for (var now = Start; now < Start.AddDays(365); now = now.AddMinutes(1))
        {
            if (KeySchedule.NextFrom(keys, "me", now, Settings) is { } from)
            {
                announcedFor = keys.Count > 0 && from - now < announcedFor ? from - now : announcedFor;
                keys.Add(SigningKey.Create(from, "me"));
            }

            keys = keys.Except(KeySchedule.Retired(keys, "me", now, Settings)).ToList();
            signers.Add(KeySchedule.Signer(keys, "me", now)!.Id);
        }

        Assert.Equal(13, signers.Count);
        Assert.True(announcedFor >= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Forgets_the_keys_of_a_folder_that_nobody_has_any_more()
    {
        var lost = SigningKey.Create(Start, "lost");
        var own = SigningKey.Create(Start, "me");
        Assert.Empty(KeySchedule.Retired([lost, own], "me", Start.AddDays(60), Settings));
        Assert.Equal([lost], KeySchedule.Retired([lost, own], "me", Start.AddDays(61), Settings));
    }
}
