namespace Performance.ServiceDefaults.Commands;

/// <summary>What every command answers.</summary>
/// <param name="Version">The stream's version after the command; also the ETag.</param>
/// <param name="Position">
/// A <see cref="Performance.Contracts.StorePosition"/> value: pass it as <c>atLeast=</c> to scoring queries to see the
/// command's effect.
/// </param>
public sealed record CommandAnswer(long Version, long Position);
