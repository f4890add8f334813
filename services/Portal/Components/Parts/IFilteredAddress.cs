using Performance.Portal.Api;

namespace Performance.Portal.Components.Parts;

/// <summary>What a page with filters shows, as its address says it.</summary>
public interface IFilteredAddress<TSelf> where TSelf : IFilteredAddress<TSelf>
{
    /// <summary>The page's path.</summary>
    static abstract string Path { get; }

    ScorecardFilter Filter { get; }

    /// <summary>The part that decides what is asked of the services: another one asks anew.</summary>
    string Asked { get; }

    /// <summary>Something is open at the side.</summary>
    bool HasPanel { get; }

    static abstract TSelf Parse(string uri);

    /// <summary>Under other filters, from the beginning of the list.</summary>
    TSelf Narrowed(ScorecardFilter filter);

    TSelf WithoutPanel();
}
