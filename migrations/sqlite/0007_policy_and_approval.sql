-- What a merchant decided about refunds; each change is a new version, and the newest counts.
create table merchant_policies (
    merchant_id text not null references merchants (id),
    version integer not null,
    rules text not null,
    changed_by text not null,
    at text not null,
    primary key (merchant_id, version)
) strict;
create trigger merchant_policies_are_never_changed before update on merchant_policies
begin select raise(abort, 'policies are append-only'); end;
create trigger merchant_policies_are_never_removed before delete on merchant_policies
begin select raise(abort, 'policies are append-only'); end;

-- SQLite cannot change a check in place, so the table is made anew; what refers to it is looked at again at the commit.
pragma defer_foreign_keys = on;
create table kept_refunds as select * from refunds;
drop table refunds;
create table refunds (
    id text primary key,
    merchant_id text not null references merchants (id),
    intent_id text not null references payment_intents (id),
    status text not null check (status in ('awaiting_approval', 'pending', 'processing', 'completed', 'rejected')),
    network text not null,
    address text not null,
    memo text,
    -- The terms themselves are the quote's, which never changes; amount and currency are repeated for filters.
    quote_id text not null unique references quotes (id),
    currency text not null,
    amount text not null,
    funding_currency text not null,
    customer_email text,
    reason text not null,
    note text,
    created_by text not null,
    transaction_hash text,
    rejection_reason text,
    -- When a worker may look at it next, and until when one of them holds it.
    next_attempt_at text not null,
    leased_until text,
    created_at text not null,
    updated_at text not null,
    -- See 0003.
    address_glance text,
    override_reason text,
    -- Who made it, for limits and because nobody approves their own; unknown for the oldest.
    author_kind text,
    author_id text,
    -- In US dollars when it was made; unknown when there was no rate.
    worth text,
    policy_version integer not null default 0,
    approval_needed integer not null default 0,
    -- The quote that an approver is shown after the first one expired.
    offer_quote_id text references quotes (id),
    -- Until then it can be stopped, and nothing is sent.
    held_until text
) strict;
insert into refunds (id, merchant_id, intent_id, status, network, address, memo, quote_id, currency, amount, funding_currency,
    customer_email, reason, note, created_by, transaction_hash, rejection_reason, next_attempt_at, leased_until, created_at,
    updated_at, address_glance, override_reason)
select id, merchant_id, intent_id, status, network, address, memo, quote_id, currency, amount, funding_currency,
    customer_email, reason, note, created_by, transaction_hash, rejection_reason, next_attempt_at, leased_until, created_at,
    updated_at, address_glance, override_reason
from kept_refunds;
drop table kept_refunds;
create index refunds_by_time on refunds (merchant_id, created_at, id);
create index refunds_by_update on refunds (merchant_id, updated_at, id);
create index refunds_by_status on refunds (merchant_id, status, created_at, id);
create index refunds_by_intent on refunds (intent_id, created_at, id);
create index refunds_by_address on refunds (merchant_id, address);
create index refunds_by_email on refunds (merchant_id, customer_email);
create index refunds_by_transaction on refunds (merchant_id, transaction_hash);
create index refunds_by_amount on refunds (merchant_id, amount, id);
create index refunds_by_glance on refunds (merchant_id, address_glance);
create index refunds_by_author on refunds (merchant_id, author_id, created_at);
create index refunds_due on refunds (next_attempt_at) where status in ('pending', 'processing');
create trigger refunds_are_never_removed before delete on refunds
begin select raise(abort, 'refunds are never removed'); end;
create trigger refunds_final_rows_stay before update on refunds
when old.status in ('completed', 'rejected')
begin select raise(abort, 'a final refund never changes'); end;

-- What an approver decided, of exactly which refund: the seal is a hash of where it goes, what it costs and who pays.
create table refund_decisions (
    refund_id text primary key references refunds (id),
    decision text not null check (decision in ('approved', 'declined', 'stopped')),
    actor_kind text not null,
    actor_id text,
    actor_name text not null,
    seal text not null,
    reason text,
    at text not null
) strict;
create trigger refund_decisions_are_never_changed before update on refund_decisions
begin select raise(abort, 'decisions are append-only'); end;
create trigger refund_decisions_are_never_removed before delete on refund_decisions
begin select raise(abort, 'decisions are append-only'); end;
