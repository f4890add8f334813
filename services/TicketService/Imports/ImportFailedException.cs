namespace Performance.Tickets.Imports;

/// <summary>The file as a whole cannot be imported: the import's status becomes Failed, with this reason.</summary>
internal sealed class ImportFailedException(string field, string reason) : Exception($"{field}: {reason}")
{
    public string Field { get; } = field;
}
