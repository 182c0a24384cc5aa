-- Whether the person ticked that the customer needs no memo (1) or not (0).
alter table refund_drafts add column memo_not_needed bigint not null default 0;
-- The mark that travelled with the coins.
alter table sandbox_transfers add column memo text;
