-- Members of the team get mail too.
alter table mail_outbox alter column refund_id drop not null;
-- What it is about if not a refund: a link to a new password, or a change of the policy.
alter table mail_outbox add column subject_id uuid;
alter table mail_outbox add check ((refund_id is null) <> (subject_id is null));
alter table mail_outbox drop constraint mail_outbox_occasion_check;
alter table mail_outbox add check (occasion in ('confirmation', 'completed', 'rejected', 'password_reset', 'policy_loosening'));

-- Changes that loosen the policy. They take effect later, and where there is a second owner, with their approval.
create table policy_proposals (
    id uuid primary key,
    merchant_id uuid not null references merchants (id),
    -- The version that it would be, so that it ends when the policy is changed otherwise.
    version bigint not null,
    rules jsonb not null,
    proposed_by uuid not null references users (id),
    proposed_by_name text not null,
    proposed_at timestamptz not null,
    effective_at timestamptz not null,
    needs_approval bigint not null,
    approved_by uuid references users (id),
    approved_by_name text,
    approved_at timestamptz,
    ended_at timestamptz,
    -- How it ended: applied, withdrawn, or outdated because the policy was changed otherwise.
    outcome text check (outcome in ('applied', 'withdrawn', 'outdated'))
);
create index policy_proposals_open on policy_proposals (effective_at) where ended_at is null;
create index policy_proposals_by_merchant on policy_proposals (merchant_id, proposed_at);
