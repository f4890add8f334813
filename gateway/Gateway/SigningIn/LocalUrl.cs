namespace Performance.Gateway;

/// <summary>Where to go after signing in: a page of ours, never another site.</summary>
internal static class LocalUrl
{
    public static string Or(string? url, string otherwise) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : otherwise;
}
