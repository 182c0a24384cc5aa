-- Payment intents that ask for no amount and have no end: an address that a customer pays to again and again. All intents from
-- before asked for one. A column's conditions cannot be changed in place here, so three columns are made anew; what else the
-- table has stays as it is.
drop index payment_intents_by_amount;
drop index payment_intents_by_status;
drop index payment_intents_created;
drop index payment_intents_open;
alter table payment_intents rename column amount to amount_before;
alter table payment_intents rename column expires_at to expires_at_before;
alter table payment_intents rename column status to status_before;
-- What is asked; nothing in particular when it is continuous.
alter table payment_intents add column amount text;
alter table payment_intents add column expires_at text;
-- The newest timeline entry, repeated for filters.
alter table payment_intents add column status text not null default 'created'
    check (status in ('created', 'pending', 'complete', 'active', 'expired', 'failed', 'refunded'));
update payment_intents set amount = amount_before, expires_at = expires_at_before, status = status_before;
alter table payment_intents drop column amount_before;
alter table payment_intents drop column expires_at_before;
alter table payment_intents drop column status_before;
alter table payment_intents add column kind text not null default 'transient' check (case kind
    when 'transient' then amount is not null and expires_at is not null and status <> 'active'
    when 'continuous' then amount is null and price_amount is null and expires_at is null and context is null
        and status in ('created', 'pending', 'active', 'failed')
    else false end);
-- Lists are sorted by it, and rows without a value have no place in an order.
alter table payment_intents add column sorted_amount text
    generated always as (coalesce(amount, '0000000000.000000000000000000')) virtual;
create index payment_intents_by_amount on payment_intents (merchant_id, sorted_amount, id);
create index payment_intents_by_status on payment_intents (merchant_id, status, created_at, id);
create index payment_intents_created on payment_intents (created_at) where status = 'created';
create index payment_intents_open on payment_intents (expires_at) where status in ('created', 'pending');

-- When the newest payment became final.
alter table payment_intents add column last_paid_at text;
update payment_intents set last_paid_at = (
    select max(p.updated_at) from payments p
    where p.intent_id = payment_intents.id and p.status = 'paid' and p.unsupported is null);
