using FsCheck;
using FsCheck.Fluent;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Imports;

/// <summary>Importing any beginning of a log and then all of it is importing all of it.</summary>
public sealed class Importing_a_prefix_first_changes_nothing
{
    private static readonly Gen<(ImportRow, Guid?)> Row =
        from status in Gen.Elements("New", "Active", "Resolved", "Closed", " active", null)
        from agent in Gen.Elements<Guid?>(Ann, Bob, null)
        from type in Gen.Elements("Cat", "Dog", null)
        from day in Gen.Choose(0, 5)
        select Log.Row(day, status, agent, type);

    private static readonly Gen<((ImportRow, Guid?)[] Rows, int Cut)> Case =
        from rows in Gen.NonEmptyListOf(Row)
        from cut in Gen.Choose(0, rows.Count)
        select (rows.ToArray(), cut);

    // A hundred cases find a flaw only now and then.
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Whatever_the_rows_and_wherever_the_cut() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        var whole = Log.Import(c.Rows);
        var first = Log.Import(c.Rows[..c.Cut]);
        var second = first.Memory is null ? Log.Import(c.Rows) : Log.Again(first, c.Rows);
        Assert.Equal(whole.Events, first.Memory is null ? second.Events : [.. first.Events, .. second.Events]);
        Assert.Equal(c.Rows.Length, second.Counts.Rows);
    }).Check(Many);

    [Fact]
    public void And_importing_all_of_it_again_changes_nothing() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        var whole = Log.Import(c.Rows);
        if (whole.Memory is null)
        {
            return;
        }

        var again = Log.Again(whole, c.Rows);
        Assert.Empty(again.Events);
        Assert.Equal(0, again.Counts.Created + again.Counts.Changed);
    }).Check(Many);

    [Fact]
    public void A_row_without_a_status_is_not_taken_for_its_equal_further_on()
    {
        (ImportRow, Guid?)[] rows =
        [
            Log.Row(3, null, Ann), Log.Row(0, "Active", Bob), Log.Row(3, null, Ann), Log.Row(4, "Active", Bob)
        ];
        var whole = Log.Import(rows);
        Assert.Equal(1, whole.Counts.Refused);

        var again = Log.Again(whole, rows);

        Assert.Empty(again.Events);
        Assert.Equal(4, again.Counts.Unchanged);
    }

    [Fact]
    public void Nor_does_an_end_of_it() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        var whole = Log.Import(c.Rows);
        if (whole.Memory is not null)
        {
            Assert.Empty(Log.Again(whole, c.Rows[c.Cut..]).Events);
        }
    }).Check(Many);
}
