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

    /// <summary>True where the beginning of the chosen file has this in it.</summary>
    public ValueTask<bool> HasAsync(ElementReference input, string text) =>
        js.InvokeAsync<bool>("portal.fileHas", input, text);

    /// <summary>The chosen file through the circuit: for small ones that the portal itself must read.</summary>
    public async Task<byte[]> ReadAsync(ElementReference input, long most, CancellationToken cancel) =>
        await AllOfAsync(await js.InvokeAsync<IJSStreamReference>("portal.fileContent", cancel, input), most, cancel);

    /// <summary>Puts another file in the place of the chosen one.</summary>
    public async Task HoldAsync(ElementReference input, string name, byte[] content)
    {
        using var stream = new DotNetStreamReference(new MemoryStream(content));
        await js.InvokeVoidAsync("portal.holdFile", input, name, stream);
    }

    /// <summary>Posts the file; tells <c>Sent</c>, and <c>Answered</c> with the status alone: the answer may be
    /// long.</summary>
    public ValueTask PostAsync(ElementReference input, string address, string? key, object owner) =>
        Run("portal.post", input, address, key, owner);

    public async Task<byte[]> AnswerAsync(ElementReference input, long most, CancellationToken cancel) =>
        await AllOfAsync(await js.InvokeAsync<IJSStreamReference>("portal.answer", cancel, input), most, cancel);

    private static async Task<byte[]> AllOfAsync(IJSStreamReference reference, long most, CancellationToken cancel)
    {
        await using (reference)
        {
            await using var stream = await reference.OpenReadStreamAsync(most, cancel);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, cancel);
            return content.ToArray();
        }
    }

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
