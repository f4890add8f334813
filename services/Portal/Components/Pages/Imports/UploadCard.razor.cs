using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Imports;

/// <summary>Takes a file, shows how it would be read, and has the browser post it to the gateway.</summary>
public sealed partial class UploadCard(Browser browser) : ComponentBase, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(GatewayJson.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull
    };

    private ElementReference _zone;
    private ElementReference _input;
    private DotNetObjectReference<UploadCard>? _self;
    private string? _file;
    private long _size;
    private bool _reading;
    private ImportPreview? _preview;
    private string? _mapping;
    private bool _mappingIsMine;
    private int? _sent;
    private string? _error;

    [Parameter]
    public EventCallback<Guid> OnStarted { get; set; }

    /// <summary>Called by the browser: a file was dropped or chosen.</summary>
    [JSInvokable]
    public async Task Chosen(string name, long size)
    {
        (_file, _size, _preview, _mapping, _error, _sent) = (name, size, null, null, null, null);
        _mappingIsMine = false;
        _reading = await browser.PreviewAsync(_input, IImportsApi.PreviewAddress, _self!);
        StateHasChanged();
    }

    /// <summary>Called by the browser: how the service would read the file.</summary>
    [JSInvokable]
    public void Previewed(int status, string text)
    {
        _reading = false;
        if (status is >= 200 and < 300)
        {
            _preview = JsonSerializer.Deserialize<ImportPreview>(text, GatewayJson.Options);
            _mapping = JsonSerializer.Serialize(_preview!.Mapping, Json);
        }
        else
        {
            _error = ProblemIn(status, text);
        }

        StateHasChanged();
    }

    /// <summary>Called by the browser while it uploads.</summary>
    [JSInvokable]
    public void Sent(long loaded, long total)
    {
        _sent = total > 0 ? (int)(loaded * 100 / total) : 0;
        StateHasChanged();
    }

    /// <summary>Called by the browser: the gateway's answer; 0 without one, -1 where the person gave up.</summary>
    [JSInvokable]
    public async Task Answered(int status, string text)
    {
        _sent = null;
        if (status is >= 200 and < 300
            && JsonDocument.Parse(text).RootElement.TryGetProperty("importId", out var id))
        {
            Forget();
            await OnStarted.InvokeAsync(id.GetGuid());
        }
        else if (status >= 0)
        {
            _error = ProblemIn(status, text);
        }

        StateHasChanged();
    }

    public void Dispose() => _self?.Dispose();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await browser.DropZoneAsync(_zone, _input, _self);
        }
    }

    private async Task SendAsync()
    {
        (_error, _sent) = (null, 0);
        // A file that the service recognises is left to it; a mapping that was looked over goes along.
        var mapping = _mappingIsMine || _preview is { Profile: not "clickup" } ? _mapping : null;
        await browser.UploadAsync(_input, IImportsApi.Address, mapping, _self!);
    }

    private Task CancelAsync() => browser.CancelUploadAsync(_input).AsTask();

    private void MappingChanged(string mapping) => (_mapping, _mappingIsMine) = (mapping, true);

    private void Forget() => (_file, _preview, _mapping, _error) = (null, null, null, null);

    private static string ProblemIn(int status, string text)
    {
        try
        {
            if (status is >= 400 and < 500 && JsonDocument.Parse(text).RootElement.TryGetProperty(
                "title", out var title))
            {
                return title.GetString()!;
            }
        }
        catch (JsonException)
        {
            // Not a problem document: said below in our words.
        }

        return status switch
        {
            401 => "Your sign-in has ended. Sign in again in another tab, then try once more.",
            403 => "You may not import. An admin can give you the role it needs.",
            413 => "This file is larger than 1 GB.",
            0 => "The connection broke off. Try again; nothing was imported.",
            _ => "The service is not available right now. Try again in a moment; nothing was imported."
        };
    }

    private static string Megabytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => $"{bytes / 1024m:0.#} KB",
        _ => $"{bytes / 1024m / 1024m:0.#} MB"
    };
}
