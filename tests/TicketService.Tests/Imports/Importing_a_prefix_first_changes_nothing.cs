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

    [Fact]
    public void Whatever_the_rows_and_wherever_the_cut() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        var whole = Log.Import(c.Rows);
        var first = Log.Import(c.Rows[..c.Cut]);
        var second = first.Memory is null ? Log.Import(c.Rows) : Log.Again(first, c.Rows);
        Assert.Equal(whole.Events, first.Memory is null ? second.Events : [.. first.Events, .. second.Events]);
        Assert.Equal(c.Rows.Length, second.Counts.Rows);
    }).QuickCheckThrowOnFailure();

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
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nor_does_an_end_of_it() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        var whole = Log.Import(c.Rows);
        if (whole.Memory is not null)
        {
            Assert.Empty(Log.Again(whole, c.Rows[c.Cut..]).Events);
        }
    }).QuickCheckThrowOnFailure();
}
