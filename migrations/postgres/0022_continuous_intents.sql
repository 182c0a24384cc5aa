-- Payment intents that ask for no amount and have no end: an address that a customer pays to again and again. All intents from
-- before asked for one.
alter table payment_intents alter column amount drop not null;
alter table payment_intents alter column expires_at drop not null;
alter table payment_intents drop constraint payment_intents_status_check;
alter table payment_intents add constraint payment_intents_status_check
    check (status in ('created', 'pending', 'complete', 'active', 'expired', 'failed', 'refunded'));
alter table payment_intents add column kind text not null default 'transient';
alter table payment_intents add constraint payment_intents_kind_check check (case kind
    when 'transient' then amount is not null and expires_at is not null and status <> 'active'
    when 'continuous' then amount is null and price_amount is null and expires_at is null and context is null
        and status in ('created', 'pending', 'active', 'failed')
    else false end);
-- Lists are sorted by it, and rows without a value have no place in an order.
alter table payment_intents add column sorted_amount numeric(28, 18) generated always as (coalesce(amount, 0)) stored;
drop index payment_intents_by_amount;
create index payment_intents_by_amount on payment_intents (merchant_id, sorted_amount, id);

-- When the newest payment became final.
alter table payment_intents add column last_paid_at timestamptz;
update payment_intents set last_paid_at = (
    select max(p.updated_at) from payments p
    where p.intent_id = payment_intents.id and p.status = 'paid' and p.unsupported is null);
