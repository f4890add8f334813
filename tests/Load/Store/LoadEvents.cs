using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;

namespace Performance.Load.Store;

/// <summary>Something was weighed: an event of the size that ours have.</summary>
public sealed record Weighed(string Key, int Grams, string Note, DateTimeOffset OccurredAt);

/// <summary>All weighings of one stream.</summary>
public sealed record Parcel(Guid Id, int Count, long Grams)
{
    public Parcel()
        : this(default, 0, 0)
    {
    }
}

/// <summary>All weighings of one key.</summary>
public sealed record Scale(string Id, int Count, long Grams)
{
    public Scale()
        : this("", 0, 0)
    {
    }
}

/// <summary>Stream to document.</summary>
public sealed partial class ParcelProjection : SingleStreamProjection<Parcel, Guid>
{
    public static Parcel Apply(Weighed weighed, Parcel parcel) =>
        parcel with { Count = parcel.Count + 1, Grams = parcel.Grams + weighed.Grams };
}

/// <summary>Many streams to one document.</summary>
public sealed partial class ScaleProjection : MultiStreamProjection<Scale, string>
{
    public ScaleProjection() => Identity<Weighed>(weighed => weighed.Key);

    public static Scale Apply(Weighed weighed, Scale scale) =>
        scale with { Count = scale.Count + 1, Grams = scale.Grams + weighed.Grams };
}

internal static class Stores
{
    /// <summary>A store as the services configure theirs.</summary>
    public static DocumentStore Open(string connection, Action<StoreOptions>? more = null) =>
        DocumentStore.For(options =>
        {
            options.Connection(connection);
            options.UseSystemTextJsonForSerialization();
            options.Events.MapEventType<Weighed>("weighed");
            options.Events.UseListenNotifyForEventAppends = true;
            more?.Invoke(options);
        });

    public static Weighed Event(int n) => new(
        $"scale-{n % 600}", n % 1_000, "left at the door, signed by nobody", DateTimeOffset.UnixEpoch.AddSeconds(n));
}
