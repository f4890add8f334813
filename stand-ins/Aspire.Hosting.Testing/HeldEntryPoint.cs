using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs the entry point of a host on a thread of its own, holds it just before it builds its application, and ends
/// it when it has: the test starts the application instead.
/// </summary>
internal sealed class HeldEntryPoint(
    Assembly assembly, string[] args,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    : TestSettings(assembly, args, configureBuilder)
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Assembly _assembly = assembly;
    private readonly string[] _args = args;

    public Task<DistributedApplicationBuilder> BuilderAsync(CancellationToken cancellationToken)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "entry point of the host" };
        thread.Start();
        return _builder.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _goOn.TrySetResult(true);
        return _application.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the entry point if the test never built its application.</summary>
    public void Abandon() => _goOn.TrySetResult(false);

    public override void Building(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        if (!_goOn.Task.GetAwaiter().GetResult())
            throw new HostAbortedException();
    }

    public override void Built(DistributedApplication application)
    {
        _application.TrySetResult(application);
        throw new HostAbortedException();
    }

    private void Run()
    {
        Current.Value = this;
        try
        {
            var entryPoint = _assembly.EntryPoint ?? throw new InvalidOperationException(
                $"Assembly '{_assembly}' does not have an entry point.");
            var result = entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [_args]);
            (result as Task)?.GetAwaiter().GetResult();
            Fail(new InvalidOperationException("The entry point exited without building an application."));
        }
        catch (TargetInvocationException e) when (e.InnerException is HostAbortedException)
        {
            // It has done its part.
        }
        catch (HostAbortedException)
        {
            // It has done its part.
        }
        catch (Exception e)
        {
            Fail((e as TargetInvocationException)?.InnerException ?? e);
        }
    }

    private void Fail(Exception e)
    {
        _builder.TrySetException(e);
        _application.TrySetException(e);
    }
}
