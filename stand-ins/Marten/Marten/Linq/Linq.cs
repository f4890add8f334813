namespace Marten.Linq;

/// <summary>A query of documents or events.</summary>
public interface IMartenQueryable<T> : IQueryable<T>;

/// <summary>The total number of matching documents, whatever page was taken.</summary>
public class QueryStatistics
{
    public long TotalResults { get; set; }
}
