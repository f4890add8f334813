using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Events;

using Marten.Internal.Documents;
using Marten.Internal.Linq;
using Marten.Schema;
using NpgsqlTypes;

namespace Marten
{
    /// <summary>Configures document types.</summary>
    public class MartenRegistry
    {
        private readonly StoreOptions? _options;
        private readonly List<Action<StoreOptions>> _pending = [];

        public MartenRegistry()
        {
        }

        internal MartenRegistry(StoreOptions options) => _options = options;

        public DocumentMappingExpression<T> For<T>() => new(this);

        public void Include<T>() where T : MartenRegistry, new() => Include(new T());

        public void Include(MartenRegistry registry)
        {
            foreach (var action in registry._pending)
                action(_options!);
        }

        private void Alter<T>(Action<Internal.Documents.DocumentMapping> change)
        {
            if (_options is null)
                _pending.Add(options => change(options.MappingFor(typeof(T))));
            else
                change(_options.MappingFor(typeof(T)));
        }

        /// <summary>Configures one document type.</summary>
        public class DocumentMappingExpression<T>
        {
            private readonly MartenRegistry _registry;

            internal DocumentMappingExpression(MartenRegistry registry)
            {
                _registry = registry;
                registry.Alter<T>(_ => { });
            }

            public DocumentMappingExpression<T> DocumentAlias(string alias) => With(m => m.Alias = alias);

            public DocumentMappingExpression<T> DatabaseSchemaName(string databaseSchemaName)
                => With(m => m.Schema = databaseSchemaName);

            public DocumentMappingExpression<T> Identity(Expression<Func<T, object>> member)
                => With(m => m.IdMember = MemberPath.Of(member).Single());

            public DocumentMappingExpression<T> UseOptimisticConcurrency(bool enabled)
                => With(m => m.OptimisticConcurrency = enabled);

            public DocumentMappingExpression<T> UseNumericRevisions(bool enabled)
                => With(m => m.UseNumericRevisions(enabled));

            /// <summary>Also keeps the member in a column of its own, with an index.</summary>
            public DocumentMappingExpression<T> Duplicate(Expression<Func<T, object?>> expression,
                string? pgType = null, NpgsqlDbType? dbType = null,
                Action<Schema.DocumentIndex>? configure = null, bool notNull = false)
                => With(m =>
                {
                    var field = m.Duplicate(MemberPath.Of(expression), pgType, notNull);
                    var index = new Internal.Documents.DocumentIndex(() => $"{m.TableName}_idx_{field.Column}",
                        () => [field.Column]);
                    configure?.Invoke(new(index));
                    m.Indexes.Add(index);
                });

            /// <summary>An index on an expression over the JSON.</summary>
            public DocumentMappingExpression<T> Index(Expression<Func<T, object?>> expression,
                Action<ComputedIndex>? configure = null)
                => With(m => m.Index([MemberPath.Of(expression)], configure));

            public DocumentMappingExpression<T> Index(IReadOnlyCollection<Expression<Func<T, object>>> expressions,
                Action<ComputedIndex>? configure = null)
                => With(m => m.Index([.. expressions.Select(MemberPath.Of)], configure));

            public DocumentMappingExpression<T> UniqueIndex(params Expression<Func<T, object>>[] expressions)
                => Unique(UniqueIndexType.Computed, null, expressions);

            public DocumentMappingExpression<T> UniqueIndex(string indexName,
                params Expression<Func<T, object>>[] expressions)
                => Unique(UniqueIndexType.Computed, indexName, expressions);

            public DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType,
                params Expression<Func<T, object>>[] expressions)
                => Unique(indexType, null, expressions);

            public DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, string indexName,
                params Expression<Func<T, object>>[] expressions)
                => Unique(indexType, indexName, expressions);

            public DocumentMappingExpression<T> IndexLastModified(
                Action<Schema.DocumentIndex>? configure = null)
                => With(m =>
                {
                    var index = new Internal.Documents.DocumentIndex(() => $"{m.TableName}_idx_mt_last_modified",
                        () => ["mt_last_modified"]);
                    configure?.Invoke(new(index));
                    m.Indexes.Add(index);
                });

            /// <summary>A GIN index over the whole JSON.</summary>
            public DocumentMappingExpression<T> GinIndexJsonData(
                Action<Schema.DocumentIndex>? configureIndex = null)
                => With(m =>
                {
                    var index = new Internal.Documents.DocumentIndex(() => $"{m.TableName}_idx_data",
                        () => ["data jsonb_path_ops"])
                    {
                        Method = "gin",
                    };
                    configureIndex?.Invoke(new(index));
                    m.Indexes.Add(index);
                });

            private DocumentMappingExpression<T> Unique(UniqueIndexType type, string? name,
                Expression<Func<T, object>>[] expressions)
                => With(m =>
                {
                    var paths = expressions.Select(MemberPath.Of).ToArray();
                    if (type == UniqueIndexType.DuplicatedField)
                    {
                        foreach (var path in paths)
                            m.Duplicate(path, null, false);
                    }
                    m.Index(paths, i =>
                    {
                        i.IsUnique = true;
                        i.Name = name;
                    });
                });

            private DocumentMappingExpression<T> With(Action<Internal.Documents.DocumentMapping> change)
            {
                _registry.Alter<T>(change);
                return this;
            }
        }
    }
}

namespace Marten.Internal.Documents
{
    internal static class MappingExtensions
    {
        public static DuplicatedField Duplicate(this DocumentMapping map, MemberInfo[] path, string? pgType,
            bool notNull)
        {
            if (map.Duplicated.FirstOrDefault(d => d.Is(path)) is { } known)
                return known;
            var column = string.Join("_", path.Select(m => EventTypeExtensions.ToTableAlias(m.Name)));
            var type = pgType ?? new JsonPaths(map.Options).PgType(TypeNames.MemberType(path[^1]));
            var field = new DuplicatedField(path, column, type, notNull);
            map.Duplicated.Add(field);
            return field;
        }

        public static void Index(this DocumentMapping map, MemberInfo[][] paths, Action<ComputedIndex>? configure)
        {
            Internal.Documents.DocumentIndex? index = null;
            index = new Internal.Documents.DocumentIndex(
                () => map.TableName + (index!.IsUnique ? "_uidx_" : "_idx_") + string.Concat(paths.Select(
                    path => string.Join("_", path.Select(m => EventTypeExtensions.ToTableAlias(m.Name))))),
                () => paths.Select(path => map.Duplicated.FirstOrDefault(d => d.Is(path))?.Column
                    ?? $"({new JsonPaths(map.Options).Typed("data", path)})"));
            configure?.Invoke(new(index));
            map.Indexes.Add(index);
        }
    }
}

namespace Weasel.Postgresql.Tables
{
    /// <summary>What may be set of an index.</summary>
    public class IndexDefinition
    {
        private readonly Marten.Internal.Documents.DocumentIndex _index;

        internal IndexDefinition(Marten.Internal.Documents.DocumentIndex index) => _index = index;

        public string? Name { get => _index.EffectiveName; set => _index.Name = value; }

        public bool IsUnique { get => _index.IsUnique; set => _index.IsUnique = value; }

        /// <summary>Rows that the index covers, as SQL.</summary>
        public string? Predicate { get => _index.Predicate; set => _index.Predicate = value; }

        public SortOrder SortOrder
        {
            get => _index.Descending ? SortOrder.Desc : SortOrder.Asc;
            set => _index.Descending = value == SortOrder.Desc;
        }

        public bool IsConcurrent { get => _index.IsConcurrent; set => _index.IsConcurrent = value; }

        internal Marten.Internal.Documents.DocumentIndex Inner => _index;
    }

    public enum SortOrder { Asc, Desc }
}

namespace Marten.Schema
{
    /// <summary>An index on an expression over the JSON.</summary>
    public class ComputedIndex : Weasel.Postgresql.Tables.IndexDefinition
    {
        private Casings _casing;

        internal ComputedIndex(Internal.Documents.DocumentIndex index)
            : base(index)
        {
        }

        public enum Casings { Default, Upper, Lower }

        /// <summary>Index the upper-cased or lower-cased text.</summary>
        public Casings Casing
        {
            get => _casing;
            set
            {
                _casing = value;
                Inner.Casing = value switch
                {
                    Casings.Upper => sql => $"upper({sql})",
                    Casings.Lower => sql => $"lower({sql})",
                    _ => sql => sql,
                };
            }
        }
    }

    /// <summary>An index on columns of a document table.</summary>
    public class DocumentIndex : Weasel.Postgresql.Tables.IndexDefinition
    {
        internal DocumentIndex(Internal.Documents.DocumentIndex index)
            : base(index)
        {
        }
    }
}
