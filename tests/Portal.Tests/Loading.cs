using Performance.Portal.Show;

namespace Performance.Portal;

public sealed class Loading
{
    [Fact]
    public async Task What_was_there_stays_while_the_service_is_away_and_comes_fresh_when_it_is_back()
    {
        var away = false;
        var calls = 0;
        var load = new Load<string>(
            _ => away ? Task.FromException<string>(new HttpRequestException("away")) : Task.FromResult(
                $"answer {++calls}"), () => { });
        await load.RunAsync();
        Assert.Equal(("answer 1", false), (load.Value, load.IsStale));
        away = true;
        var again = load.RunAsync();
        await Waits.UntilAsync(() => load.IsStale);
        Assert.Equal("answer 1", load.Value);
        away = false;
        await again;
        Assert.Equal(("answer 2", false), (load.Value, load.IsStale));
    }

    [Fact]
    public async Task An_old_answer_never_overtakes_a_new_question()
    {
        var first = new TaskCompletionSource<string>();
        var asked = 0;
        var load = new Load<string>(_ => ++asked == 1 ? first.Task : Task.FromResult("new"), () => { });
        var old = load.RunAsync();
        await load.RunAsync();
        first.SetResult("old");
        await old;
        Assert.Equal("new", load.Value);
    }

    [Fact]
    public async Task What_cannot_be_shown_to_somebody_is_not_asked_for_again()
    {
        var calls = 0;
        var load = new Load<string>(
            _ => Task.FromException<string>(new InvalidOperationException($"{++calls}")), () => { });
        await load.RunAsync();
        Assert.Equal((1, TroubleKind.Broken), (calls, load.Trouble!.Kind));
    }
}
