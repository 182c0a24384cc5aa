-- What programs asked and were answered, kept for some days. Secrets and personal data are taken out before they get here.
create table api_log (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    key_id uuid not null,
    -- As it was called then.
    key_name text not null,
    method text not null,
    path text not null,
    query text not null,
    status bigint not null,
    milliseconds bigint not null,
    request_id text not null,
    idempotency_key text,
    request_body text not null,
    response_body text not null,
    created_at timestamptz not null
);
create index api_log_by_time on api_log (merchant_id, created_at, id);
create index api_log_by_key on api_log (merchant_id, key_id, created_at, id);
create index api_log_by_request on api_log (merchant_id, request_id);
create index api_log_by_age on api_log (created_at);
