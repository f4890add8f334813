-- The views of ScoringService, written by the projection ScoringViews alone and rebuilt from its store at any time.
-- Columns that a scorecard filters or groups by are whole numbers, so that a million tickets are scanned fast.

select pg_advisory_xact_lock(hashtext('scoring_views'));

create table if not exists scoring_facets (
    kind smallint not null,          -- 1 agent, 2 type, 3 state, 4 status
    id integer not null,             -- from 1; 0 in other tables means none
    value text not null,
    primary key (kind, id));

create table if not exists ticket_facts (
    created_at timestamptz not null,
    cycle_us bigint not null,        -- closed - created in microseconds, 0 unless closed
    move_us bigint not null,         -- first status change - created, 0 unless moved
    ticket_id uuid primary key,
    agent integer not null,
    month integer not null,          -- year * 12 + month - 1, in the business zone
    week integer not null,           -- ISO year * 100 + week
    type integer not null,
    state integer not null,
    status integer not null,
    flags integer not null,          -- TicketFlags
    reject_events integer not null,  -- not excused
    weekday smallint not null,       -- 1 Monday to 7
    last_day date not null,          -- the latest of its days in ticket_days
    hold_since timestamptz);
create index if not exists ticket_facts_agent on ticket_facts (agent);
create index if not exists ticket_facts_month on ticket_facts (month);
create index if not exists ticket_facts_open on ticket_facts (created_at) where flags & 2 = 0;

create table if not exists ticket_histories (
    ticket_id uuid primary key,
    kind smallint,                   -- WorkKind; null until the opening is known
    source text not null,
    external_id text not null,
    title text,
    type text,
    state text,
    created_ticks bigint not null,   -- .NET ticks, UTC: finer than timestamptz
    recorded_from bigint not null,   -- ticks; when the first of its events was recorded
    recorded_to bigint not null,     -- and the last
    entries bytea not null);         -- TicketHistoryCodec

create table if not exists ticket_days (
    ticket_id uuid not null,
    day date not null,               -- on which something happened to the ticket, in the business zone
    primary key (ticket_id, day));
create index if not exists ticket_days_day on ticket_days (day);

create table if not exists rejection_events (
    ticket_id uuid not null,
    event_id uuid not null,
    ordinal integer not null,
    cause text not null,
    from_status boolean not null,
    at timestamptz not null,
    round integer not null,
    agent integer not null,          -- who had the ticket when it was sent back
    excused boolean not null,
    excused_by text,
    excuse_reason text,
    excused_at timestamptz,
    credits integer not null,        -- TicketFlags that this event settles on its agent, with credit at rejection
    primary key (ticket_id, event_id));
create index if not exists rejection_events_agent on rejection_events (agent) where not excused;

create table if not exists frame_facts (
    seq_id bigint primary key,
    type text not null,              -- stored name of the event
    data text not null);             -- the event: by these all tickets are read and graded

create table if not exists status_classes (source text primary key, data jsonb not null);
create table if not exists score_policies (version integer primary key, data jsonb not null);
create table if not exists scoring_settings (id integer primary key, data jsonb not null);
create table if not exists agent_merges (merged uuid primary key, kept uuid not null);
create table if not exists attendance (
    agent_id uuid not null, month integer not null, percent numeric not null, primary key (agent_id, month));
create table if not exists ramp_plans (agent_id uuid primary key, hire_month date not null);
create table if not exists work_days (
    agent_id uuid not null, date date not null, entries integer not null, primary key (agent_id, date));
create table if not exists coaching_sessions (
    session_id uuid primary key, agent_id uuid not null, ticket_id uuid, date date not null, held_by text not null);
create index if not exists coaching_sessions_agent on coaching_sessions (agent_id, date);
create index if not exists coaching_sessions_ticket on coaching_sessions (ticket_id);
create table if not exists goals (
    owner text not null,             -- agent id or team id
    metric text not null,
    currency text not null,          -- '' but for payments
    from_month date not null,
    amount numeric,                  -- null ends the goal
    primary key (owner, metric, currency, from_month));

create table if not exists rep_days (
    rep_id uuid not null,
    day date not null,               -- in the business zone
    metric text not null,            -- calls, payments, raised, completed, registered, resolved
    key text not null,               -- hour, currency, service type, complaint category
    count bigint not null,
    amount numeric not null,         -- seconds of calls, money of payments
    primary key (rep_id, day, metric, key));
create table if not exists complaint_cases (
    complaint_id text primary key,
    registered_at timestamptz,       -- the first time
    resolved_at timestamptz,         -- the last time
    resolved_by uuid,
    category text not null);
create index if not exists complaint_cases_resolved on complaint_cases (resolved_by, resolved_at);

create table if not exists frozen_months (
    month integer primary key,       -- year * 12 + month - 1
    policy_version integer not null,
    data jsonb not null);            -- the closing event: who, when and every agent's row

create table if not exists agent_grades (
    agent_id uuid primary key,
    version bigint not null,         -- of the agent's stream of grades
    data jsonb not null);            -- AgentGrades: what is written down of them
