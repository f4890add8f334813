using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Performance.Portal.Show;

/// <summary>What only the browser can do.</summary>
public sealed class Browser(IJSRuntime js)
{
    public ValueTask OpenDialogAsync(ElementReference dialog, object closer) =>
        Run("portal.openDialog", dialog, closer);

    /// <summary>A dialog was taken away: focus goes back to where it was opened from.</summary>
    public ValueTask DialogGoneAsync() => Run("portal.dialogGone");

    public ValueTask BackAsync() => Run("portal.back");

    public ValueTask FocusAsync(string selector) => Run("portal.focus", selector);

    public ValueTask SetThemeAsync(string theme) => Run("portal.setTheme", theme);

    public async ValueTask<string> ThemeAsync() => await js.InvokeAsync<string>("portal.theme");

    public ValueTask PrintAsync() => Run("portal.print");

    public ValueTask CopyAsync(string text) => Run("portal.copy", text);

    public async ValueTask DownloadAsync(string name, byte[] content, string type = "text/csv")
    {
        using var stream = new DotNetStreamReference(new MemoryStream(content));
        await js.InvokeVoidAsync("portal.download", name, type, stream);
    }

    private async ValueTask Run(string identifier, params object?[] arguments)
    {
        try
        {
            await js.InvokeVoidAsync(identifier, arguments);
        }
        catch (Exception e) when (e is JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // The page is gone, and with it the need.
        }
    }
}
