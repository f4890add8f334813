namespace Performance.Tickets.Imports;

/// <summary>
/// Bounds of uploads; settings <c>Imports:LargestUpload</c> and <c>Imports:LargestText</c>, in bytes.
/// </summary>
internal sealed record ImportLimits(long LargestUpload, long LargestText)
{
    public const int LargestMapping = 64 * 1024;

    // Logs pack some 20 to 1; what packs better than this is made to fill a disk.
    private const int MostUnpacked = 250;
    private const long AlwaysUnpacked = 16 * 1024 * 1024;

    public static ImportLimits From(IConfiguration configuration) => new(
        configuration.GetValue("Imports:LargestUpload", 1200L * 1024 * 1024),
        configuration.GetValue("Imports:LargestText", 4L * 1024 * 1024 * 1024));

    /// <summary>How large the text of a packed file may be.</summary>
    public long Unpacked(long packed) => Math.Min(LargestText, (packed * MostUnpacked) + AlwaysUnpacked);
}
