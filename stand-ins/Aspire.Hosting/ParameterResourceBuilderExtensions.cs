using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter that must be configured.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name; the value is at <c>Parameters:name</c>.</param>
    /// <param name="secret">Whether the value is to be hidden.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(
            name, fallback => Value(builder.Configuration, $"Parameters:{name}", fallback), secret));

    /// <summary>Adds a parameter with a fixed value.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="publishValueAsDefault">Whether a deployment gets the value too.</param>
    /// <param name="secret">Whether the value is to be hidden.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false,
        bool secret = false) => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter whose value a function gives.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="valueGetter">Gives its value.</param>
    /// <param name="publishValueAsDefault">Whether a deployment gets the value too.</param>
    /// <param name="secret">Whether the value is to be hidden.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter,
        bool publishValueAsDefault = false, bool secret = false) =>
        publishValueAsDefault && secret
            ? throw new ArgumentException(
                "A parameter cannot be both secret and published as a default value.", nameof(secret))
            : builder.AddResource(new ParameterResource(name, _ => valueGetter(), secret));

    /// <summary>Adds a parameter that is made where it is not configured.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name; a configured value is at <c>Parameters:name</c>.</param>
    /// <param name="value">Makes the value.</param>
    /// <param name="secret">Whether the value is to be hidden.</param>
    /// <param name="persist">Whether a made value is kept for later runs (here: in the data folder).</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false,
        bool persist = false)
    {
        var fallback = persist ? new PersistedParameterDefault(builder, name, value) : value;
        return builder.AddResource(new ParameterResource(
            name, d => Value(builder.Configuration, $"Parameters:{name}", d), secret) { Default = fallback });
    }

    /// <summary>Adds a parameter that is configured elsewhere.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="configurationKey">Where the value is.</param>
    /// <param name="secret">Whether the value is to be hidden.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false) =>
        builder.AddResource(new ParameterResource(
            name, fallback => Value(builder.Configuration, configurationKey, fallback), secret));

    /// <summary>Makes a password that is kept for later runs, for a resource that was given none.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name; a configured value is at <c>Parameters:name</c>.</param>
    /// <param name="lower">Whether lower-case letters may occur.</param>
    /// <param name="upper">Whether upper-case letters may occur.</param>
    /// <param name="numeric">Whether digits may occur.</param>
    /// <param name="special">Whether punctuation may occur.</param>
    /// <param name="minLower">Lower-case letters at least.</param>
    /// <param name="minUpper">Upper-case letters at least.</param>
    /// <param name="minNumeric">Digits at least.</param>
    /// <param name="minSpecial">Punctuation at least.</param>
    /// <returns>The parameter; not added to the application.</returns>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true,
        bool numeric = true, bool special = true, int minLower = 0, int minUpper = 0, int minNumeric = 0,
        int minSpecial = 0)
    {
        var generated = new GenerateParameterDefault
        {
            Lower = lower, Upper = upper, Numeric = numeric, Special = special,
            MinLower = minLower, MinUpper = minUpper, MinNumeric = minNumeric, MinSpecial = minSpecial,
        };
        return new ParameterResource(
            name, d => Value(builder.Configuration, $"Parameters:{name}", d), secret: true)
        {
            Default = new PersistedParameterDefault(builder, name, generated),
        };
    }

    private static string Value(IConfiguration configuration, string key, ParameterDefault? fallback)
    {
        // Shells cannot export variables with hyphens, so Parameters__a_b also sets a-b.
        var value = configuration[key] ?? configuration[key.Replace('-', '_')];
        return value ?? fallback?.GetDefaultValue() ?? throw new MissingParameterValueException(
            $"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter " +
            "has no default value.");
    }

    private sealed class PersistedParameterDefault(
        IDistributedApplicationBuilder builder, string name, ParameterDefault inner) : ParameterDefault
    {
        public override string GetDefaultValue() =>
            DataFolder.Of(builder.Configuration).Secret(name, inner.GetDefaultValue);
    }
}
