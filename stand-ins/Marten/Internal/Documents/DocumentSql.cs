namespace Marten.Internal.Documents;

/// <summary>The statements that write and read one document type. Arrays in, one statement for any number.</summary>
internal sealed class DocumentSql
{
    public const string Error = "mt_err";

    private readonly DocumentMapping _map;
    private readonly string _idType;
    private readonly string _insertColumns;
    private readonly string _duplicates;
    private readonly string _setDuplicates;
    private readonly string _updateDuplicates;

    public DocumentSql(DocumentMapping map)
    {
        _map = map;
        _idType = map.IdType == typeof(Guid) ? "uuid" : map.IdType == typeof(string) ? "varchar"
            : map.IdType == typeof(int) ? "integer" : "bigint";
        var paths = new JsonPaths(map.Options);
        var columns = map.Duplicated.Select(d => d.Column).ToArray();
        _insertColumns = string.Join("", columns.Select(c => $", {c}"));
        _duplicates = string.Join("", map.Duplicated.Select(d => $", ({Value(paths, d)})::{d.PgType}"));
        _updateDuplicates = string.Join("",
            map.Duplicated.Select(d => $", {d.Column} = ({Value(paths, d)})::{d.PgType}"));
        _setDuplicates = string.Join("", columns.Select(c => $", {c} = excluded.{c}"));
        Select = $"select d.data, d.id, d.mt_version from {map.Table} as d";
    }

    public string Select { get; }

    public string IdType => _idType;

    public string LoadOne => field ??= $"{Select} where d.id = $1";

    public string LoadMany => field ??= $"{Select} where d.id = any($1)";

    public string DeleteMany => field ??= $"delete from {_map.Table} where id = any($1)";

    /// <summary>ids $1, data $2, versions $3, type $4. Inserts or overwrites, revision included.</summary>
    public string Overwrite => field ??= Insert("i.version") + Conflict("excluded.mt_version");

    /// <summary>As <see cref="Overwrite"/> for numeric revisions that the database counts.</summary>
    public string Upsert => field ??= _map.NumericRevisions
        ? Insert("1") + Conflict("d.mt_version + 1")
        : Overwrite;

    public string InsertOnly => field ??= Insert(_map.NumericRevisions ? "1" : "i.version");

    /// <summary>Fails with kind 'missing' when some document does not exist.</summary>
    public string Update => field ??= $"""
        with i as (select * from unnest($1::{_idType}[], $2::jsonb[], $3::{VersionType}[]) as t(id, data, version)),
        u as (update {_map.Table} as d set data = i.data,
            mt_version = {(_map.NumericRevisions ? "d.mt_version + 1" : "i.version")}, mt_dotnet_type = $4,
            mt_last_modified = transaction_timestamp(){_updateDuplicates} from i where d.id = i.id returning d.id)
        select ('{Error}|missing|{_map.Alias}|' || i.id)::int from i
        where not exists (select 1 from u where u.id = i.id)
        """;

    /// <summary>One document, expected Guid version $5. Fails with kind 'version'.</summary>
    public string UpsertExpected => field ??= Checked(
        Insert("i.version") + Conflict("excluded.mt_version") + " where d.mt_version = $5");

    /// <summary>One document at a greater revision than stored, else fails with kind 'version'.</summary>
    public string UpsertRevision => field ??= Checked(UpsertRevisionUnchecked);

    public string UpsertRevisionUnchecked => field ??= Insert("i.version") + Conflict("excluded.mt_version")
        + " where d.mt_version < excluded.mt_version";

    public string VersionType => _map.VersionKind switch
    {
        VersionKind.Guid => "uuid",
        _ => "bigint",
    };

    private static string Value(JsonPaths paths, DuplicatedField field)
        => field.PgType == "jsonb" ? paths.Json("i.data", field.Path) : paths.Text("i.data", field.Path);

    private string Insert(string version) => $"""
        insert into {_map.Table} as d (id, data, mt_version, mt_dotnet_type, mt_last_modified{_insertColumns})
        select i.id, i.data, {version}, $4, transaction_timestamp(){_duplicates}
        from unnest($1::{_idType}[], $2::jsonb[], $3::{VersionType}[]) as i(id, data, version)
        """;

    private string Conflict(string version) => $"""

        on conflict (id) do update set data = excluded.data, mt_version = {version},
        mt_dotnet_type = excluded.mt_dotnet_type, mt_last_modified = excluded.mt_last_modified{_setDuplicates}
        """;

    // The cast fails when nothing was written, and with it the transaction. Its argument depends on a function
    // that is not immutable, as the planner would otherwise evaluate it beforehand.
    private string Checked(string write) => $"""
        with u as ({write} returning d.id)
        select case when exists (select 1 from u) then 0
            else ('{Error}|version|{_map.Alias}|' || ($1::text[])[1] || '|' || pg_backend_pid())::int end
        """;
}
