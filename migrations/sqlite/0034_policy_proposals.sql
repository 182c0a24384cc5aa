-- Members of the team get mail too.
create table new_mail_outbox (
    id text primary key,
    merchant_id text not null references merchants (id),
    occasion text not null
        check (occasion in ('confirmation', 'completed', 'rejected', 'password_reset', 'policy_loosening')),
    -- What it is about: a refund, or else a link to a new password or a change of the policy.
    refund_id text references refunds (id),
    subject_id text,
    recipient text not null,
    state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    tries integer not null,
    next_attempt_at text not null,
    leased_until text,
    leased_by text,
    problem text,
    created_at text not null,
    updated_at text not null,
    check ((refund_id is null) <> (subject_id is null))
) strict;
insert into new_mail_outbox (id, merchant_id, refund_id, recipient, state, tries, next_attempt_at, leased_until, leased_by, problem, occasion, created_at,
    updated_at)
select id, merchant_id, refund_id, recipient, state, tries, next_attempt_at, leased_until, leased_by, problem, occasion, created_at,
    updated_at from mail_outbox;
drop table mail_outbox;
alter table new_mail_outbox rename to mail_outbox;
create index mail_outbox_due on mail_outbox (next_attempt_at) where state = 'waiting';
create index mail_outbox_by_time on mail_outbox (merchant_id, created_at, id);
create index mail_outbox_by_refund on mail_outbox (refund_id, created_at, id);

-- Changes that loosen the policy. They take effect later, and where there is a second owner, with their approval.
create table policy_proposals (
    id text primary key,
    merchant_id text not null references merchants (id),
    -- The version that it would be, so that it ends when the policy is changed otherwise.
    version integer not null,
    rules text not null,
    proposed_by text not null references users (id),
    proposed_by_name text not null,
    proposed_at text not null,
    effective_at text not null,
    needs_approval integer not null,
    approved_by text references users (id),
    approved_by_name text,
    approved_at text,
    ended_at text,
    -- How it ended: applied, withdrawn, or outdated because the policy was changed otherwise.
    outcome text check (outcome in ('applied', 'withdrawn', 'outdated'))
) strict;
create index policy_proposals_open on policy_proposals (effective_at) where ended_at is null;
create index policy_proposals_by_merchant on policy_proposals (merchant_id, proposed_at);
