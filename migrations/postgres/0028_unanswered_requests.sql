-- Refunds requested without an idempotency key whose response was not sent completely. The same request sent again is then
-- the same refund.
create table unanswered_requests (
    merchant_id uuid not null references merchants (id),
    fingerprint text not null,
    resource_id uuid not null,
    created_at timestamptz not null,
    primary key (merchant_id, fingerprint)
);
