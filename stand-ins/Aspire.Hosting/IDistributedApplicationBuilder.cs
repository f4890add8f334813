using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Builds an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Configuration of the host: files, environment, command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Folder of the host's project: relative paths start here.</summary>
    string AppHostDirectory { get; }

    /// <summary>Assembly of the host.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>Environment of the host.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Tells what happens.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>Run or publish.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Resources so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Its builder.</returns>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>Makes a builder for a resource that is there or not to be added.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Its builder.</returns>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    /// <summary>Finishes the application.</summary>
    /// <returns>The application, not yet started.</returns>
    DistributedApplication Build();
}
