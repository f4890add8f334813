using System.Linq.Expressions;
using System.Reflection;
using JasperFx;
using JasperFx.Events.Projections;
using Marten.Exceptions;
using Marten.Schema;

namespace Marten.Internal.Documents;

/// <summary>What mt_version of a document's table holds.</summary>
internal enum VersionKind { Guid, Revision32, Revision64 }

/// <summary>How a document type is stored: table, identity, version, extra columns and indexes.</summary>
internal sealed class DocumentMapping
{
    private static readonly Type[] IdTypes = [typeof(Guid), typeof(string), typeof(int), typeof(long)];
    private readonly StoreOptions _options;
    private MemberInfo? _idMember;
    private string? _schema;
    private Func<object, object?>? _getId;
    private Action<object, object>? _setId;

    public DocumentMapping(Type type, StoreOptions options)
    {
        _options = options;
        DocumentType = type;
        Alias = type.GetCustomAttribute<DocumentAliasAttribute>()?.Alias ?? TypeNames.DocumentAlias(type);
        _idMember = FindIdMember(type);
        if (typeof(IRevisioned).IsAssignableFrom(type))
            (VersionKind, NumericRevisions) = (VersionKind.Revision32, true);
        else if (typeof(ILongVersioned).IsAssignableFrom(type))
            (VersionKind, NumericRevisions) = (VersionKind.Revision64, true);
        VersionMember = FindVersionMember(type);
        if (VersionMember is not null && TypeNames.MemberType(VersionMember) == typeof(Guid))
            OptimisticConcurrency = true;
        else if (VersionMember is not null && !NumericRevisions)
            (VersionKind, NumericRevisions) = (VersionKind.Revision64, true);
    }

    public Type DocumentType { get; }

    public string Alias { get; set; }

    public string Schema { get => _schema ?? _options.DatabaseSchemaName; set => _schema = value; }

    public string TableName => $"mt_doc_{Alias}";

    public string Table => $"{Schema}.{TableName}";

    public VersionKind VersionKind { get; private set; } = VersionKind.Guid;

    public MemberInfo? VersionMember { get; }

    public bool NumericRevisions { get; private set; }

    public bool OptimisticConcurrency { get; set; }

    /// <summary>Written by an aggregation: the revision is the stream's version, or the sequence number.</summary>
    public bool IsProjected { get; private set; }

    public List<DuplicatedField> Duplicated { get; } = [];

    public List<DocumentIndex> Indexes { get; } = [];

    public MemberInfo? IdMember
    {
        get => _idMember;
        set => (_idMember, _getId, _setId) = (value, null, null);
    }

    public Type IdType => IdMember is null
        ? throw new InvalidDocumentException(
            $"Could not determine an 'id/Id' field or property for requested document type {DocumentType.FullName}")
        : TypeNames.MemberType(IdMember);

    public StoreOptions Options => _options;

    public void UseNumericRevisions(bool enabled)
    {
        NumericRevisions = enabled;
        VersionKind = enabled ? VersionKind.Revision64 : VersionKind.Guid;
    }

    /// <summary>A projection writes this type; with its version above 1 it has a table of its own.</summary>
    public void ProjectedBy(uint version)
    {
        OptimisticConcurrency = false;
        NumericRevisions = IsProjected = true;
        if (VersionKind == VersionKind.Guid)
            VersionKind = VersionKind.Revision64;
        if (version > 1 && !Alias.EndsWith($"_{version}", StringComparison.Ordinal))
            Alias += $"_{version}";
    }

    public object GetId(object document)
        => (_getId ??= MemberAccess.Getter(DocumentType, IdMember ?? throw new InvalidDocumentException(
            $"Document type {DocumentType.FullName} has no Id"))).Invoke(document)
            ?? throw new InvalidOperationException($"A document of type {DocumentType.FullName} has no identity");

    public void SetId(object document, object id)
        => (_setId ??= MemberAccess.Setter(DocumentType, IdMember!))(document, id);

    /// <summary>The document's identity; a missing Guid is drawn and set.</summary>
    public object AssignId(object document)
    {
        var id = GetId(document);
        switch (id)
        {
            case Guid guid when guid == Guid.Empty:
                id = Guid.CreateVersion7();
                SetId(document, id);
                break;
            case string { Length: 0 }:
                throw new InvalidOperationException("Id/id values cannot be null or empty");
        }
        return id;
    }

    internal static MemberInfo? FindIdMember(Type type)
    {
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderByDescending(p => p.DeclaringType == type)
            .Where(p => IdTypes.Contains(p.PropertyType) && p.GetIndexParameters().Length == 0)
            .Concat<MemberInfo>(type.GetFields().Where(f => IdTypes.Contains(f.FieldType)))
            .ToArray();
        return members.FirstOrDefault(m => m.IsDefined(typeof(IdentityAttribute)))
            ?? members.FirstOrDefault(m => m.Name.Equals("id", StringComparison.OrdinalIgnoreCase));
    }

    private static MemberInfo? FindVersionMember(Type type)
        => type.GetMembers(BindingFlags.Instance | BindingFlags.Public)
            .FirstOrDefault(m => m is PropertyInfo or FieldInfo && m.IsDefined(typeof(VersionAttribute)))
            ?? (typeof(IRevisioned).IsAssignableFrom(type) || typeof(ILongVersioned).IsAssignableFrom(type)
                ? type.GetProperty("Version")
                : null);
}

/// <summary>A member that is also a column of its own.</summary>
internal sealed record DuplicatedField(MemberInfo[] Path, string Column, string PgType, bool NotNull)
{
    public bool Is(IReadOnlyList<MemberInfo> path)
        => path.Count == Path.Length && path.Zip(Path).All(p => p.First.Name == p.Second.Name
            && p.First.DeclaringType == p.Second.DeclaringType);
}

/// <summary>An index of a document table.</summary>
internal sealed class DocumentIndex(Func<string> name, Func<IEnumerable<string>> columns)
{
    public string? Name { get; set; }

    public bool IsUnique { get; set; }

    public string Method { get; set; } = "btree";

    public string? Predicate { get; set; }

    public bool Descending { get; set; }

    public bool IsConcurrent { get; set; }

    public Func<string, string> Casing { get; set; } = sql => sql;

    public string EffectiveName => Name ?? name();

    public string Ddl(string table)
    {
        var parts = string.Join(", ", columns().Select(c => Casing(c) + (Descending ? " DESC" : "")));
        var unique = IsUnique ? "UNIQUE " : "";
        var where = Predicate is null ? "" : $" WHERE ({Predicate})";
        return $"CREATE {unique}INDEX IF NOT EXISTS {EffectiveName} ON {table} USING {Method} ({parts}){where};";
    }
}

/// <summary>Compiled access to members.</summary>
internal static class MemberAccess
{
    public static Func<object, object?> Getter(Type type, MemberInfo member)
    {
        var document = Expression.Parameter(typeof(object));
        var value = Expression.MakeMemberAccess(Expression.Convert(document, type), member);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), document).Compile();
    }

    /// <summary>Also sets init-only and private properties, as a stored identity is set.</summary>
    public static Action<object, object> Setter(Type type, MemberInfo member)
    {
        if (member is PropertyInfo { CanWrite: false } property)
        {
            var field = property.DeclaringType!.GetField($"<{property.Name}>k__BackingField",
                BindingFlags.Instance | BindingFlags.NonPublic);
            return field is null ? (_, _) => { } : field.SetValue;
        }
        if (member is FieldInfo { IsInitOnly: true } readOnly)
            return readOnly.SetValue;
        var document = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        var target = Expression.MakeMemberAccess(Expression.Convert(document, type), member);
        return Expression.Lambda<Action<object, object>>(
            Expression.Assign(target, Expression.Convert(value, target.Type)), document, value).Compile();
    }
}
