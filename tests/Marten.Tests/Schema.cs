using JasperFx.Events.Projections;
using Marten;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

/// <summary>The tables are those of Marten 9.29, so that either opens what the other has written.</summary>
public sealed class Schema(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("mt_streams", "id uuid NO|type character varying YES|version bigint YES"
        + "|timestamp timestamp with time zone NO|created timestamp with time zone NO"
        + "|tenant_id character varying YES|is_archived boolean YES")]
    [InlineData("mt_events", "seq_id bigint NO|id uuid NO|stream_id uuid YES|version bigint NO|data jsonb NO"
        + "|bdata bytea YES|type character varying NO|timestamp timestamp with time zone NO"
        + "|tenant_id character varying YES"
        + "|mt_dotnet_type character varying YES|is_archived boolean YES")]
    [InlineData("mt_event_progression", "name character varying NO|last_seq_id bigint YES"
        + "|last_updated timestamp with time zone YES")]
    [InlineData("mt_high_water_skips", "ending_sequence bigint NO|starting_sequence bigint NO"
        + "|timestamp timestamp with time zone YES")]
    [InlineData("mt_doc_account", "id uuid NO|data jsonb NO|mt_last_modified timestamp with time zone YES"
        + "|mt_dotnet_type character varying YES|mt_version bigint NO")]
    [InlineData("mt_doc_payment", "id uuid NO|data jsonb NO|mt_last_modified timestamp with time zone YES"
        + "|mt_version uuid NO|mt_dotnet_type character varying YES|category character varying YES")]
    [InlineData("mt_doc_deadletterevent", "id uuid NO|data jsonb NO|mt_last_modified timestamp with time zone YES"
        + "|mt_version uuid NO|mt_dotnet_type character varying YES")]
    public async Task tables_have_the_columns(string table, string columns)
    {
        await using var store = await AppliedAsync();
        Assert.Equal(columns, await store.ScalarAsync<string>($$"""
            select string_agg(column_name || ' ' || data_type || ' ' || is_nullable, '|' order by ordinal_position)
            from information_schema.columns where table_schema = '{s}' and table_name = '{{table}}'
            """));
    }

    [Fact]
    public async Task keys_indexes_and_functions_have_their_names()
    {
        await using var store = await AppliedAsync();
        Assert.Equal("fkey_mt_events_stream_id c|pk_mt_event_progression |pkey_mt_doc_account_id "
            + "|pkey_mt_doc_deadletterevent_id |pkey_mt_doc_payment_id |pkey_mt_events_seq_id "
            + "|pkey_mt_high_water_skips_ending_sequence |pkey_mt_streams_id ",
            await store.ScalarAsync<string>("""
                select string_agg(c.conname || ' ' || trim(c.confdeltype::text), '|' order by c.conname)
                from pg_constraint c join pg_namespace n on n.oid = c.connamespace
                where n.nspname = '{s}' and c.contype in ('p', 'f')
                """));
        Assert.Equal("mt_doc_payment_idx_amount|mt_doc_payment_idx_category|pk_mt_events_stream_and_version",
            await store.ScalarAsync<string>("""
                select string_agg(indexname, '|' order by indexname) from pg_indexes
                where schemaname = '{s}' and indexname not like 'pkey%' and indexname <> 'pk_mt_event_progression'
                """));
        Assert.Equal("mt_archive_stream|mt_immutable_date|mt_immutable_time|mt_immutable_timestamp"
            + "|mt_immutable_timestamptz|mt_mark_event_progression|mt_mark_progression_with_skip"
            + "|mt_quick_append_events",
            await store.ScalarAsync<string>("""
                select string_agg(p.proname, '|' order by p.proname) from pg_proc p
                join pg_namespace n on n.oid = p.pronamespace where n.nspname = '{s}'
                """));
    }

    [Fact]
    public async Task the_sequence_belongs_to_the_events_and_is_not_their_default()
    {
        await using var store = await AppliedAsync();
        Assert.Equal("{s}.mt_events_sequence".Replace("{s}", store.Options.DatabaseSchemaName),
            await store.ScalarAsync<string>("select pg_get_serial_sequence('{s}.mt_events', 'seq_id')"));
        Assert.Null(await store.ScalarAsync<string?>("""
            select column_default from information_schema.columns
            where table_schema = '{s}' and table_name = 'mt_events' and column_name = 'seq_id'
            """));
    }

    [Fact]
    public async Task the_append_function_appends_and_refuses_as_documented()
    {
        await using var store = await AppliedAsync();
        var id = Guid.NewGuid();
        var call = $$"""
            select {s}.mt_quick_append_events('{{id}}'::uuid, 'account', '*DEFAULT*', array[gen_random_uuid()],
            array['money_paid'], array[null::varchar], array['{"Amount": 1, "Category": "a"}'::jsonb],
            array[null::bytea], array[now()], {0})
            """;
        Assert.Equal(new[] { 1L, 1 }, await store.ScalarAsync<long[]>(call.Replace("{0}", "null")));
        Assert.Equal(new[] { 2L, 2 }, await store.ScalarAsync<long[]>(call.Replace("{0}", "1")));
        var refused = await Assert.ThrowsAsync<Marten.Exceptions.MartenCommandException>(
            () => store.ScalarAsync<long[]>(call.Replace("{0}", "1")));
        Assert.Equal("MT003", ((Npgsql.PostgresException)refused.InnerException!).SqlState);
        await using var live = database.Store(schema: store.Options.DatabaseSchemaName);
        await using var session = live.LightweightSession();
        session.Events.Append(id, 3, new MoneyPaid(2, "b"));
        await session.SaveChangesAsync();
        Assert.Equal(3, (await session.Events.FetchStreamAsync(id)).Count);
    }

    [Fact]
    public async Task applying_twice_changes_nothing_and_a_new_column_is_filled()
    {
        var schema = $"s{Guid.NewGuid():N}";
        await using (var before = database.Store(schema: schema))
        {
            await using var session = before.LightweightSession();
            session.Store(new Payment(Guid.NewGuid(), 5, "food"));
            await session.SaveChangesAsync();
        }
        await using var store = database.Store(o =>
        {
            o.Schema.For<Payment>().Duplicate(p => p.Amount);
            o.Events.MetadataConfig.CorrelationIdEnabled = true;
        }, schema);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        Assert.Equal(5, await store.ScalarAsync<decimal>("select amount from {s}.mt_doc_payment"));
        await using var query = store.QuerySession();
        Assert.Equal(1, await query.Query<Payment>().CountAsync(p => p.Amount == 5));
    }

    [Fact]
    public async Task cleaning_empties_or_removes_everything()
    {
        await using var store = await AppliedAsync();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(Guid.NewGuid(), new AccountOpened("Ann", 1));
        session.Store(new Payment(Guid.NewGuid(), 5, "food"));
        await session.SaveChangesAsync();
        Assert.Equal(1, (await store.Advanced.FetchEventStoreStatistics()).EventCount);
        await store.Advanced.Clean.DeleteAllDocumentsAsync();
        await store.Advanced.Clean.DeleteAllEventDataAsync();
        Assert.Equal(0, (await store.Advanced.FetchEventStoreStatistics()).StreamCount);
        Assert.Equal(0, await session.Query<Payment>().CountAsync());
        await store.Advanced.Clean.CompletelyRemoveAllAsync();
        Assert.Equal(0, await store.ScalarAsync<long>(
            "select count(*) from information_schema.tables where table_schema = '{s}'"));
    }

    private async Task<DocumentStore> AppliedAsync()
    {
        var store = database.Store(o =>
        {
            o.Projections.Snapshot<Account>(SnapshotLifecycle.Inline);
            o.Schema.For<Payment>().Duplicate(p => p.Category).Index(p => p.Amount);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return store;
    }
}
