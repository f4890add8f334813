using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Console logs of resources: the last lines are kept, new ones can be followed.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ConsoleLog> _logs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A service without logs.</summary>
    public ResourceLoggerService()
    {
    }

    /// <summary>Writes to a resource's log.</summary>
    /// <param name="resource">Whose log.</param>
    /// <returns>The logger.</returns>
    public ILogger GetLogger(IResource resource) => new ConsoleLogLogger(LogOf(resource.Name));

    /// <summary>Writes to a log.</summary>
    /// <param name="resourceName">Whose log.</param>
    /// <returns>The logger.</returns>
    public ILogger GetLogger(string resourceName) => new ConsoleLogLogger(LogOf(resourceName));

    /// <summary>The kept lines and every line after.</summary>
    /// <param name="resource">Whose log.</param>
    /// <returns>Lines.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) =>
        LogOf(resource.Name).WatchAsync(CancellationToken.None);

    /// <summary>The kept lines and every line after.</summary>
    /// <param name="resourceName">Whose log.</param>
    /// <returns>Lines.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) =>
        LogOf(resourceName).WatchAsync(CancellationToken.None);

    /// <summary>The kept lines.</summary>
    /// <param name="resource">Whose log.</param>
    /// <returns>Lines.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) =>
        new[] { LogOf(resource.Name).Lines() }.ToAsyncEnumerable();

    /// <summary>The kept lines.</summary>
    /// <param name="resourceName">Whose log.</param>
    /// <returns>Lines.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) =>
        new[] { LogOf(resourceName).Lines() }.ToAsyncEnumerable();

    internal ConsoleLog LogOf(string name) => _logs.GetOrAdd(name, static _ => new ConsoleLog());

    private sealed class ConsoleLogLogger(ConsoleLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            log.Write(exception is null ? text : $"{text}{Environment.NewLine}{exception}",
                logLevel >= LogLevel.Error, null);
        }
    }
}

/// <summary>A line of a console log.</summary>
/// <param name="LineNumber">From 1.</param>
/// <param name="Content">Text, after the time of its arrival (UTC, ISO 8601).</param>
/// <param name="IsErrorMessage">Whether written to standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
