-- Where a merchant wants to be told of what happens.
create table webhook_endpoints (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    url text not null,
    description text not null,
    -- Patterns with a space between: 'refund.* unsupported_funds.received'.
    events text not null,
    payload text not null check (payload in ('thin', 'full')),
    -- In the clear, because every message is signed with it. The one before stays valid until the time beside it.
    secret text not null,
    previous_secret text,
    previous_secret_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Since when every attempt has failed.
    failing_since timestamptz,
    -- It asked to be left alone until then.
    paused_until timestamptz,
    disabled_at timestamptz,
    disabled_reason text check (disabled_reason in ('person', 'gone', 'failing')),
    -- The log of what was sent stays, so the row does too, without its secrets.
    deleted_at timestamptz
);
create index webhook_endpoints_by_merchant on webhook_endpoints (merchant_id, created_at, id) where deleted_at is null;

-- One event on its way to one endpoint; written in the transaction of the event.
create table webhook_deliveries (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    endpoint_id uuid not null references webhook_endpoints (id),
    event_id uuid not null references outbox_events (id),
    -- Repeated from the event, for filters and for the order.
    event_type text not null,
    subject_id uuid not null,
    number bigint not null,
    state text not null check (state in ('waiting', 'delivered', 'failed', 'withheld')),
    -- In all, and since the delivery was last begun anew.
    attempts bigint not null,
    tries bigint not null,
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (endpoint_id, event_id)
);
-- The queue, by endpoint, so that a crowded one is never in the way of another.
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at) where state = 'waiting';
create index webhook_deliveries_order on webhook_deliveries (endpoint_id, subject_id, number) where state = 'waiting';
create index webhook_deliveries_by_event on webhook_deliveries (event_id);
create index webhook_deliveries_by_time on webhook_deliveries (merchant_id, created_at, id);
create index webhook_deliveries_by_state on webhook_deliveries (merchant_id, state, created_at, id);
create index webhook_deliveries_by_type on webhook_deliveries (merchant_id, event_type, created_at, id);
create index webhook_deliveries_by_endpoint on webhook_deliveries (endpoint_id, created_at, id);
create index webhook_deliveries_by_endpoint_state on webhook_deliveries (endpoint_id, state, created_at, id);

-- What was sent and what came back, each time.
create table webhook_attempts (
    id uuid primary key,
    delivery_id uuid not null references webhook_deliveries (id),
    seq bigint not null,
    at timestamptz not null,
    url text not null,
    request_headers jsonb not null,
    request_body text not null,
    response_status bigint,
    response_headers jsonb not null,
    response_body text not null,
    -- Whether the answer was longer than what is kept.
    response_cut bigint not null,
    error text,
    duration_ms bigint not null,
    -- When the next attempt was planned for; none after a success, or when it was given up.
    next_attempt_at timestamptz,
    unique (delivery_id, seq)
);
create trigger webhook_attempts_are_never_changed before update or delete on webhook_attempts
    for each row execute function refuse_change();
