namespace Performance.Portal.Show;

/// <summary>What the frame shows of the page in it.</summary>
public sealed class PageState
{
    private readonly HashSet<object> _stale = [];

    public event Action? Changed;

    /// <summary>Some of the data on the page is the last that was known.</summary>
    public bool IsStale => _stale.Count > 0;

    /// <summary>When the page's data was last known to be right.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }

    public void Updated(DateTimeOffset at)
    {
        UpdatedAt = at;
        Changed?.Invoke();
    }

    public void Stale(object part, bool stale)
    {
        if (stale ? _stale.Add(part) : _stale.Remove(part))
        {
            Changed?.Invoke();
        }
    }
}
