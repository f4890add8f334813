namespace Performance.Portal.Show;

/// <summary>Short notes at the edge of the page, with a way back where there is one.</summary>
public sealed class Toasts
{
    private readonly List<Toast> _shown = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown => _shown;

    /// <summary>Something was done; <paramref name="undo"/> takes it back.</summary>
    public void Done(string text, Func<Task>? undo = null) => Add(new Toast(text, false, undo));

    public void Failed(Trouble trouble) =>
        Add(new Toast($"{trouble.Title} {trouble.Hint}".Trim(), true, null) { TraceId = trouble.TraceId });

    public void Remove(Toast toast)
    {
        if (_shown.Remove(toast))
        {
            Changed?.Invoke();
        }
    }

    private void Add(Toast toast)
    {
        _shown.Add(toast);
        if (_shown.Count > 3)
        {
            _shown.RemoveAt(0);
        }

        Changed?.Invoke();
    }
}

public sealed record Toast(string Text, bool Bad, Func<Task>? Undo)
{
    public Guid Id { get; } = Guid.NewGuid();

    public string? TraceId { get; init; }
}
