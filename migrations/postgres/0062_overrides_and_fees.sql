-- The warnings about the address that a reason overrides, by code, with spaces between.
alter table refunds add column overrides text;
-- Until now a reason overrode each of them, also one that is only found before the refund is sent.
update refunds set overrides = 'address_looks_alike address_is_contract'
    where override_reason is not null and status not in ('completed', 'rejected');
-- The warnings that the form has shown.
alter table refund_drafts add column overrides text not null default '';
-- When the network fee was determined; null for earlier quotes.
alter table quotes add column fee_at timestamptz;
