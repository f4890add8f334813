using FsCheck;
using FsCheck.Fluent;

namespace Performance.Scoring;

internal static class Checks
{
    private const int Enough = 1_000;

    /// <summary>Runs a property on many random inputs; a failure shows the input.</summary>
    public static void Holds(this Property property) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(Enough));
}
