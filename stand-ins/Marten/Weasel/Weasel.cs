namespace Weasel.Core
{
    /// <summary>How enums are written to JSON.</summary>
    public enum EnumStorage { AsInteger, AsString }

    /// <summary>How property names are written to JSON.</summary>
    public enum Casing { Default, CamelCase, SnakeCase }

    public enum BulkInsertMode { InsertsOnly, IgnoreDuplicates, OverwriteExisting, OverwriteIfVersionMatches }
}

namespace Weasel.Storage
{
    public enum ConcurrencyChecks { Enabled, Disabled }

    /// <summary>Reads and writes JSON.</summary>
    public interface IStorageSerializer
    {
        string ToJson(object? document);

        void WriteTo(System.Buffers.IBufferWriter<byte> writer, object? value);

        string ToCleanJson(object? document);

        T FromJson<T>(Stream stream);

        T FromJson<T>(System.Data.Common.DbDataReader reader, int index);

        object FromJson(Type type, Stream stream);

        object FromJson(Type type, System.Data.Common.DbDataReader reader, int index);

        ValueTask<T> FromJsonAsync<T>(Stream stream, CancellationToken cancellationToken = default);

        ValueTask<T> FromJsonAsync<T>(System.Data.Common.DbDataReader reader, int index,
            CancellationToken cancellationToken = default);

        ValueTask<object> FromJsonAsync(Type type, Stream stream, CancellationToken cancellationToken = default);

        ValueTask<object> FromJsonAsync(Type type, System.Data.Common.DbDataReader reader, int index,
            CancellationToken cancellationToken = default);
    }
}
