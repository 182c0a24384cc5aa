-- Mail to customers, written in the transaction of what it is about. The text is made when it is sent: links stand in mails
-- alone, never in here.
create table mail_outbox (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    refund_id uuid not null references refunds (id),
    recipient text not null,
    state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    tries bigint not null,
    -- When it may be sent next, and until when one server holds it.
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    -- What the mail server said when it last did not take it.
    problem text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index mail_outbox_due on mail_outbox (next_attempt_at) where state = 'waiting';
create index mail_outbox_by_time on mail_outbox (merchant_id, created_at, id);
create index mail_outbox_by_refund on mail_outbox (refund_id, created_at, id);
