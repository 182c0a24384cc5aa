-- Who pays the network fee, and what is taken off the payment intent, which is more than what is sent if the customer does.
alter table quotes add column fee_payer text not null default 'merchant' check (fee_payer in ('merchant', 'customer'));
alter table quotes add column refund_amount text;
update quotes set refund_amount = send_amount;
alter table refund_drafts add column fee_payer text not null default 'merchant';
