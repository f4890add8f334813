using Npgsql;

namespace Performance.Tickets.Imports;

/// <summary>An uploaded file, read from its chunks in the database, one chunk in memory at a time.</summary>
internal sealed class ChunkStream(NpgsqlDataSource database, Guid importId, long length) : Stream
{
    public const int ChunkSize = 1024 * 1024;

    private const string Select = "select data from import_chunk where import_id = $1 and number = $2";

    private byte[] chunk = [];
    private int number = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        if (Position >= length)
        {
            return 0;
        }

        if (number != Position / ChunkSize)
        {
            await using var command = Command();
            chunk = Found(await command.ExecuteScalarAsync(cancel));
        }

        return Copy(buffer.Span);
    }

    // ZipArchive reads its directory this way.
    public override int Read(Span<byte> buffer)
    {
        if (Position >= length)
        {
            return 0;
        }

        if (number != Position / ChunkSize)
        {
            using var command = Command();
            chunk = Found(command.ExecuteScalar());
        }

        return Copy(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private NpgsqlCommand Command()
    {
        var command = database.CreateCommand(Select);
        command.Parameters.Add(new() { Value = importId });
        command.Parameters.Add(new() { Value = (int)(Position / ChunkSize) });
        return command;
    }

    private byte[] Found(object? data)
    {
        number = (int)(Position / ChunkSize);
        return data as byte[] ?? throw new InvalidOperationException($"Chunk {number} of {importId} is not there.");
    }

    private int Copy(Span<byte> buffer)
    {
        var from = chunk.AsSpan((int)(Position % ChunkSize));
        var count = Math.Min(from.Length, buffer.Length);
        from[..count].CopyTo(buffer);
        Position += count;
        return count;
    }
}
