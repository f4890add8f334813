using Microsoft.AspNetCore.Components;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Parts;

/// <summary>A form that sends one command: says what is wrong beside the field, and loses nothing on an
/// error.</summary>
public abstract class FormBase : ComponentBase
{
    [Inject]
    protected GatewayClients Api { get; set; } = default!;

    [Inject]
    protected Toasts Toasts { get; set; } = default!;

    protected bool Sending { get; private set; }

    protected Trouble? Refusal { get; private set; }

    /// <summary>The reason at a field, in words, or null.</summary>
    protected string? Reason(string field, string label) =>
        Refusal?.FieldReason(field) is { } reason ? $"{label} {reason}" : null;

    /// <summary>What is wrong with no field in particular.</summary>
    protected string? Error => Refusal is { Fields.Count: 0 } ? $"{Refusal.Title} {Refusal.Hint}".Trim() : null;

    /// <summary>What was refused is no longer what the form holds.</summary>
    protected void Forget() => Refusal = null;

    protected async Task<bool> SendAsync(Func<Task> command)
    {
        (Sending, Refusal) = (true, null);
        try
        {
            await command();
            return true;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or TaskCanceledException)
        {
            Refusal = Trouble.Of(e);
            return false;
        }
        finally
        {
            Sending = false;
        }
    }
}
