namespace Performance.Portal.Show;

/// <summary>One bar.</summary>
/// <param name="Label">Short, under the bar.</param>
/// <param name="Name">Whole, in the table.</param>
public sealed record ChartPoint(string Label, string Name, decimal Value)
{
    /// <summary>What the chart component draws.</summary>
    public double Number => (double)Value;
}
