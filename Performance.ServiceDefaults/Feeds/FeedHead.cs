using Npgsql;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>
/// How far a producer has published its feeds: table <c>feed_head</c>, moved in the transaction that moves the
/// subscription's progress. Between <see cref="Published"/> and <see cref="Progress"/> the store holds no fact.
/// </summary>
/// <param name="Epoch">Identity of the store.</param>
/// <param name="Published">Up to where pages with facts were published; the next page begins behind it.</param>
/// <param name="Progress">Up to where the subscription has read.</param>
internal sealed record FeedHead(Guid Epoch, long Published, long Progress)
{
    public const string Move = """
        insert into feed_head (feed, published) values (?, ?)
        on conflict (feed) do update set published = excluded.published
        """;

    public static async Task CreateTablesAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand("""
            select pg_advisory_xact_lock(hashtext('feed_head'));
            create table if not exists feed_epoch (only_row boolean primary key default true check (only_row),
                                                   epoch uuid not null);
            insert into feed_epoch (epoch) values (gen_random_uuid()) on conflict do nothing;
            create table if not exists feed_head (feed text primary key, published bigint not null);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<FeedHead> ReadAsync(
        NpgsqlDataSource database, string feed, string subscription, CancellationToken cancel)
    {
        await using var read = database.CreateCommand("""
            select epoch,
                   coalesce((select published from feed_head where feed = $1), 0),
                   coalesce((select last_seq_id from mt_event_progression where name = $2), 0)
            from feed_epoch
            """);
        read.Parameters.Add(new() { Value = feed });
        read.Parameters.Add(new() { Value = subscription + ":All" });
        await using var reader = await read.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new FeedHead(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
