namespace JasperFx
{
    /// <summary>How far schema objects are created or changed at run time.</summary>
    public enum AutoCreate { All, CreateOrUpdate, CreateOnly, None }

    /// <summary>State of one running shard.</summary>
    public enum AgentStatus { Running, Stopped, Paused }

    /// <summary>A document whose numeric revision the store keeps in its Version.</summary>
    public interface IRevisioned
    {
        int Version { get; set; }
    }

    /// <summary>As <see cref="IRevisioned"/>, with a 64-bit version.</summary>
    public interface ILongVersioned
    {
        long Version { get; set; }
    }

    public static class StorageConstants
    {
        public const string DefaultTenantId = "*DEFAULT*";
    }

    /// <summary>Marks the identity member of a document that is not named Id.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public class IdentityAttribute : Attribute;

    /// <summary>Data put into an empty store.</summary>
    public interface IInitialData<in TStore>
    {
        Task Populate(TStore store, CancellationToken cancellation);
    }
}

namespace JasperFx.Core
{
    /// <summary>Takes a method or property out of the conventions.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method
        | AttributeTargets.Property | AttributeTargets.Assembly)]
    public class JasperFxIgnoreAttribute : Attribute;

    public static class TimeSpanExtensions
    {
        public static TimeSpan Minutes(this int number) => TimeSpan.FromMinutes(number);

        public static TimeSpan Hours(this int number) => TimeSpan.FromHours(number);

        public static TimeSpan Days(this int number) => TimeSpan.FromDays(number);

        public static TimeSpan Seconds(this int number) => TimeSpan.FromSeconds(number);

        public static TimeSpan Milliseconds(this int number) => TimeSpan.FromMilliseconds(number);
    }
}
