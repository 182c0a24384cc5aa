-- What a merchant decided about refunds; each change is a new version, and the newest counts.
create table merchant_policies (
    merchant_id uuid not null references merchants (id),
    version bigint not null,
    rules jsonb not null,
    changed_by text not null,
    at timestamptz not null,
    primary key (merchant_id, version)
);
create trigger merchant_policies_are_never_changed before update or delete on merchant_policies
    for each row execute function refuse_change();

alter table refunds drop constraint refunds_status_check;
alter table refunds add constraint refunds_status_check
    check (status in ('awaiting_approval', 'pending', 'processing', 'completed', 'rejected'));
-- Who made it, for limits and because nobody approves their own; unknown for the oldest.
alter table refunds add column author_kind text;
alter table refunds add column author_id uuid;
-- In US dollars when it was made; unknown when there was no rate.
alter table refunds add column worth numeric(28, 18);
alter table refunds add column policy_version bigint not null default 0;
alter table refunds add column approval_needed bigint not null default 0;
-- The quote that an approver is shown after the first one expired.
alter table refunds add column offer_quote_id uuid references quotes (id);
-- Until then it can be stopped, and nothing is sent.
alter table refunds add column held_until timestamptz;
create index refunds_by_author on refunds (merchant_id, author_id, created_at);

-- What an approver decided, of exactly which refund: the seal is a hash of where it goes, what it costs and who pays.
create table refund_decisions (
    refund_id uuid primary key references refunds (id),
    decision text not null check (decision in ('approved', 'declined', 'stopped')),
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    seal text not null,
    reason text,
    at timestamptz not null
);
create trigger refund_decisions_are_never_changed before update or delete on refund_decisions
    for each row execute function refuse_change();
