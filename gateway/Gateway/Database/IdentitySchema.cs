using Npgsql;

namespace Performance.Gateway;

/// <summary>The tables of the <c>identity</c> database, which nobody but the gateway opens.</summary>
internal static class IdentitySchema
{
    /// <summary>The channel on which the triggers below tell every replica what to forget.</summary>
    public const string Channel = "identity_changed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Tables = """
        select pg_advisory_xact_lock(hashtext('identity-schema'));

        create table if not exists users (
            user_name text primary key,
            display_name text,
            password_hash text not null,
            roles text[] not null,
            agent_id uuid,
            teams text[] not null,
            department text,
            disabled boolean not null default false,
            version integer not null default 1,
            created_at timestamptz not null,
            command_key text unique);

        create table if not exists sessions (
            session_id uuid primary key,
            secret_hash bytea not null unique,
            user_name text not null references users on delete cascade,
            created_at timestamptz not null,
            seen_at timestamptz not null,
            expires_at timestamptz not null);
        create index if not exists sessions_of_user on sessions (user_name);

        create table if not exists api_keys (
            key_id uuid primary key,
            name text not null,
            secret_hash bytea not null unique,
            created_by text not null,
            created_at timestamptz not null,
            revoked_at timestamptz,
            command_key text unique);
        create unique index if not exists api_keys_in_use on api_keys (name) where revoked_at is null;

        create table if not exists signing_keys (
            key_id text primary key,
            public_key bytea not null,
            private_key bytea not null,
            protected_by text not null,
            signs_from timestamptz not null);

        create table if not exists wrong_passwords (
            user_name text not null,
            address text not null,
            failures integer not null,
            last_at timestamptz not null,
            wait_until timestamptz not null,
            primary key (user_name, address));

        create or replace function tell_identity_changed() returns trigger language plpgsql as $$
        begin
            if tg_table_name = 'signing_keys' then
                perform pg_notify('identity_changed', 'keys');
            elsif tg_table_name = 'users' then
                perform pg_notify('identity_changed', 'user ' || old.user_name);
            else
                perform pg_notify('identity_changed', 'session ' || old.session_id);
            end if;
            return null;
        end $$;
        create or replace trigger tell_others after update or delete on users
            for each row execute function tell_identity_changed();
        create or replace trigger tell_others after delete on sessions
            for each row execute function tell_identity_changed();
        create or replace trigger tell_others after insert or delete on signing_keys
            for each row execute function tell_identity_changed();
        """;

    /// <summary>Creates what is missing; waits a while for a database that is still starting.</summary>
    public static async Task CreateAsync(NpgsqlDataSource database, TimeProvider clock, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await using var create = database.CreateCommand(Tables);
                await create.ExecuteNonQueryAsync(cancel);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancel);
            }
        }
    }
}
