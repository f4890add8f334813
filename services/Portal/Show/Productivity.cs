namespace Performance.Portal.Show;

/// <summary>Logged work against its target: at it, from three quarters of it on, below.</summary>
public static class Productivity
{
    private const decimal Near = 0.75m;

    public static (string Tone, string Words) Of(decimal? logged, decimal? target) => (logged, target) switch
    {
        (null, _) or (_, null or 0) => ("muted", "no data"),
        var (count, asked) when count >= asked => ("good", "at target"),
        var (count, asked) when count >= asked * Near => ("warn", "near target"),
        _ => ("bad", "below target")
    };
}
