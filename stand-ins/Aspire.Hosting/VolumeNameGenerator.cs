using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Names volumes.</summary>
public static class VolumeNameGenerator
{
    /// <summary>A name that is the same for every run of this application from this folder.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">Whose volume.</param>
    /// <param name="suffix">What for.</param>
    /// <returns>Application, ten digits of a hash of its folder, resource, suffix.</returns>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        var application = builder.ApplicationBuilder;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(application.AppHostDirectory));
        var name = application.Environment.ApplicationName.ToLowerInvariant();
        return $"{name}-{Convert.ToHexStringLower(hash)[..10]}-{builder.Resource.Name}-{suffix}";
    }
}
