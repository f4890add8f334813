using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Backup;

/// <summary>Has the browser post the chosen file to an owner, and reads the answer.</summary>
/// <param name="told">Some percent were sent.</param>
public sealed class BackupPost(Browser browser, Action<int> told) : IDisposable
{
    /// <summary>An entry refused costs about 200 bytes of it.</summary>
    private const long LongestAnswer = 64 * 1024 * 1024;

    public const string GivenUp = "It was given up.";

    private readonly CancellationTokenSource _closed = new();
    private DotNetObjectReference<BackupPost>? _self;
    private TaskCompletionSource<int> _status = new();

    /// <summary>Called by the browser while it uploads.</summary>
    [JSInvokable]
    public void Sent(long loaded, long total) => told(total > 0 ? (int)(loaded * 100 / total) : 0);

    /// <summary>Called by the browser: the answer's status; 0 without one, -1 where the person gave up.</summary>
    [JSInvokable]
    public void Answered(int status) => _status.TrySetResult(status);

    public async Task SendAsync(ElementReference input, BackupOwner owner, bool dryRun)
    {
        _self ??= DotNetObjectReference.Create(this);
        _status = new TaskCompletionSource<int>();
        await browser.PostAsync(
            input, dryRun ? owner.Address + "?dryRun=true" : owner.Address, dryRun ? null : owner.Key, _self);
        var status = await _status.Task.WaitAsync(_closed.Token);
        byte[] text = status > 0 ? await browser.AnswerAsync(input, LongestAnswer, _closed.Token) : [];
        var answer = status is >= 200 and < 300 ? Parsed<BackupAnswer>(text) : null;
        owner.Answered(answer is { Sections: not null } ? answer : null, answer is { Sections: not null }
            ? null
            : Words(status, text, dryRun));
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        _self?.Dispose();
    }

    private static string Words(int status, byte[] text, bool dryRun) => status switch
    {
        -1 => GivenUp,
        401 => "Your sign-in has ended. Sign in again in another tab, then try once more.",
        403 => "You may not import a backup. An admin can give you the role it needs.",
        413 => "This file is too large to be taken.",
        >= 400 and < 500 when Parsed<Said>(text) is { Title: { Length: > 0 } title } => title,
        >= 200 and < 500 => "The answer was not understood.",
        _ when dryRun => "The service is not available right now. Nothing was imported.",
        _ => "The service did not answer. What is in already is not imported twice."
    };

    private static T? Parsed<T>(byte[] text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, GatewayJson.Options);
        }
        catch (JsonException)
        {
            // Said in our words instead.
            return null;
        }
    }

    private sealed record Said(string? Title);
}
