using JasperFx;
using Marten.Internal.Documents;
using Npgsql;
using Weasel.Core;

namespace Marten.Internal.Sessions;

/// <summary>Writes many documents.</summary>
internal static class BulkInsert
{
    public static async Task AddAsync(DocumentSession session, object[] documents, BulkInsertMode mode,
        CancellationToken token)
    {
        foreach (var group in documents.GroupBy(d => d.GetType()))
        {
            var mapping = session.Context.Mapping(group.Key);
            await session.Context.Schema.EnsureAsync(group.Key).ConfigureAwait(false);
            var items = group.Select(d => (Id: mapping.AssignId(d), Document: d)).ToArray();
            var sql = session.Context.Sql(mapping);
            var text = mode switch
            {
                BulkInsertMode.InsertsOnly => sql.InsertOnly,
                BulkInsertMode.IgnoreDuplicates => sql.InsertOnly + " on conflict (id) do nothing",
                _ => sql.Upsert,
            };
            if (mode != BulkInsertMode.InsertsOnly)
                items = [.. items.GroupBy(i => i.Id).Select(g => g.Last())];
            var parameters = DocumentBatch.Parameters(mapping, [.. items.Select(i => i.Id)],
                [.. items.Select(i => session.Context.ToJson(i.Document))], [.. items.Select(_ => Guid.NewGuid())],
                [.. items.Select(_ => 0L)]);
            await using var command = new NpgsqlCommand(text);
            command.Parameters.AddRange(parameters);
            try
            {
                await session.ExecuteAsync(command, token).ConfigureAwait(false);
            }
            catch (Exceptions.MartenCommandException e) when (e.InnerException is PostgresException
                { SqlState: PostgresErrorCodes.UniqueViolation } refused
                && refused.ConstraintName == $"pkey_{mapping.TableName}_id")
            {
                throw new DocumentAlreadyExistsException(refused, mapping.DocumentType, refused.Detail ?? "");
            }
        }
    }
}
