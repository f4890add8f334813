using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Begins applications for tests: without dashboard, on random ports, with the consoles in the log.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Begins the application that a host project describes.</summary>
    /// <typeparam name="TEntryPoint">A type of the host's assembly, such as <c>Projects.My_AppHost</c>.</typeparam>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its builder, held just before it is built.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <summary>Begins the application that a host project describes.</summary>
    /// <typeparam name="TEntryPoint">A type of the host's assembly, such as <c>Projects.My_AppHost</c>.</typeparam>
    /// <param name="args">Command-line arguments for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its builder, held just before it is built.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Begins the application that a host project describes.</summary>
    /// <typeparam name="TEntryPoint">A type of the host's assembly, such as <c>Projects.My_AppHost</c>.</typeparam>
    /// <param name="args">Command-line arguments for it.</param>
    /// <param name="configureBuilder">Changes its options.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its builder, held just before it is built.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default) =>
        CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Begins the application that a host project describes.</summary>
    /// <param name="entryPoint">A type of the host's assembly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its builder, held just before it is built.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Begins the application that a host project describes.</summary>
    /// <param name="entryPoint">A type of the host's assembly.</param>
    /// <param name="args">Command-line arguments for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its builder, held just before it is built.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Begins the application that a host project describes.</summary>
    /// <param name="entryPoint">A type of the host's assembly.</param>
    /// <param name="args">Command-line arguments for it.</param>
    /// <param name="configureBuilder">Changes its options.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its builder, held just before it is built.</returns>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        ThrowIfEmpty(args);
        var held = new HeldEntryPoint(entryPoint.Assembly, args, configureBuilder);
        var builder = await held.BuilderAsync(cancellationToken).ConfigureAwait(false);
        return new TestingBuilder(builder, held.BuildAsync, held.Abandon);
    }

    /// <summary>Begins an application that the test itself describes.</summary>
    /// <param name="args">Command-line arguments for it.</param>
    /// <returns>Its builder.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        Create(args, (_, _) => { }, Assembly.GetCallingAssembly());

    /// <summary>Begins an application that the test itself describes.</summary>
    /// <param name="args">Command-line arguments for it.</param>
    /// <param name="configureBuilder">Changes its options.</param>
    /// <returns>Its builder.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder) =>
        Create(args, configureBuilder, Assembly.GetCallingAssembly());

    private static TestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        Assembly assembly)
    {
        ThrowIfEmpty(args);
        DistributedApplicationBuilder builder;
        EntryPointHook.Current.Value = new TestSettings(assembly, args, configureBuilder);
        try
        {
            builder = new DistributedApplicationBuilder(args);
        }
        finally
        {
            EntryPointHook.Current.Value = null;
        }

        return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => { });
    }

    private static void ThrowIfEmpty(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(string.IsNullOrEmpty))
            throw new ArgumentException("An argument is empty.", nameof(args));
    }
}
