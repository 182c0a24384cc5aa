-- PostgreSQL: the same tables as in the other engine, in this engine's types (decimals as numeric, times with time zone).

create table merchants (
    id uuid primary key,
    name text not null,
    -- Circle's merchantWalletId: a numeric string that is shown, never used to find money.
    wallet_number text not null unique,
    created_at timestamptz not null
);

create table users (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    email text not null unique,
    name text not null,
    role text not null check (role in ('owner', 'admin', 'approver', 'operator', 'viewer')),
    -- argon2id in PHC form.
    password_hash text not null,
    created_at timestamptz not null
);

create table sessions (
    -- SHA-256 of the cookie: a stolen database opens no session.
    token_hash text primary key,
    user_id uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);

create table api_keys (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    name text not null,
    -- SHA-256 of the key; the key itself is shown once and never stored.
    token_hash text not null unique,
    -- The first characters, so that a person can tell keys apart.
    hint text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);

create table payment_intents (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    order_number bigint not null,
    currency text not null,
    amount numeric(28, 18) not null,
    settlement_currency text not null,
    paid numeric(28, 18) not null,
    refunded numeric(28, 18) not null,
    in_flight numeric(28, 18) not null,
    -- paid - refunded - in_flight, kept as a column so that the database itself refuses an over-refund.
    left_to_refund numeric(28, 18) not null check (left_to_refund >= 0),
    fees numeric(28, 18) not null,
    pending_payments bigint not null check (pending_payments >= 0),
    -- The newest timeline entry, repeated for filters.
    status text not null check (status in ('created', 'pending', 'complete', 'expired', 'failed', 'refunded')),
    context text check (context in ('underpaid', 'paid', 'overpaid')),
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (merchant_id, order_number)
);
create index payment_intents_by_time on payment_intents (merchant_id, created_at, id);
create index payment_intents_by_amount on payment_intents (merchant_id, amount, id);
create index payment_intents_by_status on payment_intents (merchant_id, status, created_at, id);
-- The workers' queues: new intents without an address, and unpaid ones past their time.
create index payment_intents_created on payment_intents (created_at) where status = 'created';
create index payment_intents_open on payment_intents (expires_at) where status in ('created', 'pending');

create table payment_methods (
    intent_id uuid not null references payment_intents (id),
    seq bigint not null,
    network text not null,
    address text,
    primary key (intent_id, seq)
);
create index payment_methods_by_address on payment_methods (address);

create table intent_timeline (
    intent_id uuid not null references payment_intents (id),
    seq bigint not null,
    status text not null,
    context text,
    reason text,
    at timestamptz not null,
    primary key (intent_id, seq)
);

create table payments (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    intent_id uuid not null references payment_intents (id),
    status text not null check (status in ('pending', 'paid', 'failed')),
    unsupported text check (unsupported in ('intent_refunded', 'intent_expired')),
    network text not null,
    currency text not null,
    amount numeric(28, 18) not null,
    settlement_currency text not null,
    settlement numeric(28, 18) not null,
    fee numeric(28, 18) not null,
    deposit_address text not null,
    from_address text,
    transaction_hash text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index payments_by_time on payments (merchant_id, created_at, id);
create index payments_by_intent on payments (intent_id, created_at, id);
create index payments_unsupported on payments (merchant_id, created_at, id) where unsupported is not null;

create table quotes (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    network text not null,
    send_currency text not null,
    send_amount numeric(28, 18) not null,
    funding_currency text not null,
    rate numeric(28, 18) not null,
    rate_source text not null,
    rate_at timestamptz not null,
    debit numeric(28, 18) not null,
    rounding numeric(28, 18) not null,
    fee numeric(28, 18) not null,
    total numeric(28, 18) not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);

create table refunds (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    intent_id uuid not null references payment_intents (id),
    status text not null check (status in ('pending', 'processing', 'completed', 'rejected')),
    network text not null,
    address text not null,
    memo text,
    -- The terms themselves are the quote's, which never changes; amount and currency are repeated for filters.
    quote_id uuid not null unique references quotes (id),
    currency text not null,
    amount numeric(28, 18) not null,
    funding_currency text not null,
    customer_email text,
    reason text not null,
    note text,
    created_by text not null,
    transaction_hash text,
    rejection_reason text,
    -- When a worker may look at it next, and until when one of them holds it.
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index refunds_by_time on refunds (merchant_id, created_at, id);
create index refunds_by_update on refunds (merchant_id, updated_at, id);
create index refunds_by_status on refunds (merchant_id, status, created_at, id);
create index refunds_by_intent on refunds (intent_id, created_at, id);
create index refunds_by_address on refunds (merchant_id, address);
create index refunds_by_email on refunds (merchant_id, customer_email);
create index refunds_by_transaction on refunds (merchant_id, transaction_hash);
create index refunds_by_amount on refunds (merchant_id, amount, id);
create index refunds_due on refunds (next_attempt_at) where status in ('pending', 'processing');

create table refund_timeline (
    refund_id uuid not null references refunds (id),
    seq bigint not null,
    status text not null,
    detail text,
    at timestamptz not null,
    primary key (refund_id, seq)
);

create table refund_drafts (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    intent_id uuid not null references payment_intents (id),
    user_id uuid not null references users (id),
    -- Raw text as typed; parsed anew at every step.
    network text not null,
    address text not null,
    memo text not null,
    email text not null,
    reason text not null,
    note text not null,
    amount text not null,
    funding text not null,
    quote_id uuid references quotes (id),
    refund_id uuid references refunds (id),
    created_at timestamptz not null,
    updated_at timestamptz not null
);
-- One open draft a person and intent: a second tab continues the first.
create unique index refund_drafts_open on refund_drafts (intent_id, user_id) where refund_id is null;

create table ledger_accounts (
    merchant_id uuid not null references merchants (id),
    currency text not null,
    kind text not null check (kind in ('available', 'reserved', 'deposits', 'paid_out', 'fees', 'rounding', 'exchange')),
    balance numeric(28, 18) not null,
    primary key (merchant_id, currency, kind),
    -- Money that is not there cannot be spent, whatever a program believes.
    check (kind not in ('available', 'reserved') or (balance >= 0))
);

create table ledger_transactions (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    movement text not null,
    -- The payment or refund it is about.
    subject_id uuid not null,
    at timestamptz not null,
    -- A payment is settled once; a refund is reserved once, completed once, released once.
    unique (subject_id, movement)
);

create table ledger_postings (
    transaction_id uuid not null references ledger_transactions (id),
    seq bigint not null,
    merchant_id uuid not null,
    currency text not null,
    kind text not null,
    amount numeric(28, 18) not null,
    primary key (transaction_id, seq),
    foreign key (merchant_id, currency, kind) references ledger_accounts (merchant_id, currency, kind)
);
create index ledger_postings_by_account on ledger_postings (merchant_id, currency, kind);

create table idempotency_records (
    merchant_id uuid not null references merchants (id),
    key uuid not null,
    operation text not null,
    -- SHA-256 of the typed command: the same key with another command is a conflict.
    fingerprint text not null,
    resource_id uuid not null,
    created_at timestamptz not null,
    primary key (merchant_id, key)
);

create table audit_entries (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    actor_kind text not null,
    actor_id uuid,
    action text not null,
    subject_id uuid not null,
    detail jsonb not null,
    at timestamptz not null
);
create index audit_entries_by_time on audit_entries (merchant_id, at, id);
create index audit_entries_by_subject on audit_entries (subject_id);

create table outbox_events (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    type text not null,
    subject_id uuid not null,
    payload jsonb not null,
    at timestamptz not null
);
create index outbox_events_by_subject on outbox_events (subject_id);

-- The sandbox's chain: what was really 'sent'. Written outside of the refund's own transactions, like a network would be.
create table sandbox_transfers (
    transfer_id uuid primary key,
    address text not null,
    currency text not null,
    amount numeric(28, 18) not null,
    outcome text not null check (outcome in ('settle', 'reject', 'hang')),
    transaction_hash text not null,
    submitted_at timestamptz not null,
    settles_at timestamptz not null
);

-- What must hold whatever a program does.
alter table payment_intents add constraint payment_intents_left_is_the_difference
    check (left_to_refund = paid - refunded - in_flight);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% are append-only', tg_table_name;
end $$;
create trigger ledger_postings_are_never_changed before update or delete on ledger_postings
    for each row execute function refuse_change();
create trigger audit_entries_are_never_changed before update or delete on audit_entries
    for each row execute function refuse_change();
create trigger refunds_are_never_removed before delete on refunds
    for each row execute function refuse_change();

create function refuse_change_of_final_refund() returns trigger language plpgsql as $$
begin
    raise exception 'a final refund never changes';
end $$;
create trigger refunds_final_states_stay before update of status on refunds
    for each row when (old.status in ('completed', 'rejected') and new.status <> old.status)
    execute function refuse_change_of_final_refund();

-- Circle's one list of payments and refunds, with Circle's words for the states of a refund.
create view movements as
select id, merchant_id, case when unsupported is null then intent_id end as intent_id, 'payment' as kind, status, created_at
from payments
union all
select id, merchant_id, intent_id, 'refund' as kind,
    case status when 'completed' then 'paid' when 'rejected' then 'failed' else 'pending' end as status, created_at
from refunds;
