namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something whose value is known once the application starts.</summary>
public interface IValueProvider
{
    /// <summary>Waits for the value.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value.</returns>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits for the value as one resource sees it.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value.</returns>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        GetValueAsync(cancellationToken);
}

/// <summary>Who asks for a value.</summary>
public class ValueProviderContext
{
    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The resource whose configuration is being made.</summary>
    public IResource? Caller { get; init; }
}

/// <summary>Something that can be named in a deployment manifest.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>Placeholder such as <c>{postgres.connectionString}</c>.</summary>
    string ValueExpression { get; }
}

/// <summary>A value that depends on others.</summary>
public interface IValueWithReferences
{
    /// <summary>What it depends on.</summary>
    IEnumerable<object> References { get; }
}
