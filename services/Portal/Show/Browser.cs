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

    /// <summary>The page hears clicks from now on; tests wait for it.</summary>
    public ValueTask ReadyAsync() => Run("portal.ready");

    public ValueTask EditAsync(ElementReference field) => Run("portal.edit", field);

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

    /// <summary>Takes files that are dropped or chosen; tells <c>Chosen</c>.</summary>
    public ValueTask DropZoneAsync(ElementReference zone, ElementReference input, object owner) =>
        Run("portal.dropZone", zone, input, owner);

    /// <summary>Posts the beginning of the file; tells <c>Previewed</c>. False where it is too large for
    /// that.</summary>
    public ValueTask<bool> PreviewAsync(ElementReference input, string address, object owner) =>
        js.InvokeAsync<bool>("portal.preview", input, address, owner);

    /// <summary>Posts the file; tells <c>Sent</c> and <c>Answered</c>.</summary>
    public ValueTask UploadAsync(ElementReference input, string address, string? mapping, object owner) =>
        Run("portal.upload", input, address, new { mapping }, owner);

    public ValueTask CancelUploadAsync(ElementReference input) => Run("portal.cancelUpload", input);

    /// <summary>What of a form was typed before the page was loaded anew; null for nothing.</summary>
    public ValueTask<string?> DraftAsync(string name) => js.InvokeAsync<string?>("portal.draft", name);

    public ValueTask KeepDraftAsync(string name, string text) => Run("portal.keepDraft", name, text);

    public ValueTask DropDraftAsync(string name) => Run("portal.dropDraft", name);

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
