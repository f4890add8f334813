namespace Performance.Hosting.Inside;

public sealed class Stop_order_has_no_dead_end
{
    [Fact]
    public void Those_who_wait_for_one_another_do_not_hang_it()
    {
        var a = new ProjectResource("a");
        var b = new ProjectResource("b");
        var c = new ProjectResource("c");
        a.Annotations.Add(new WaitAnnotation(b, WaitType.WaitUntilHealthy));
        b.Annotations.Add(new WaitAnnotation(a, WaitType.WaitUntilHealthy));
        a.Annotations.Add(new WaitAnnotation(c, WaitType.WaitUntilHealthy));
        var layers = StopOrder.Layers([c, b, a]);
        Assert.Equal(["b a", "c"], layers.Select(l => string.Join(' ', l.Select(r => r.Name).OrderDescending())));
    }
}
