namespace Aspire.Hosting;

/// <summary>Why the model is being built.</summary>
/// <param name="operation">To run it or to publish it.</param>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>To run it or to publish it.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether it is run.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Whether it is published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;
}

/// <summary>What is done with a model.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>It is run on this machine.</summary>
    Run = 0,

    /// <summary>It is turned into a deployment.</summary>
    Publish = 1,
}

/// <summary>An application could not be built or run.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Without words.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>With words.</summary>
    /// <param name="message">What went wrong.</param>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="inner">The cause.</param>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>A parameter was not given and has no default.</summary>
/// <param name="message">Which.</param>
public class MissingParameterValueException(string message) : DistributedApplicationException(message);
