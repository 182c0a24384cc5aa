-- A refund in another coin than the one that was paid, and one of an order's price: what the customer is to get, before it is
-- converted to the coin that is sent. Nothing in the new columns means: what was the case before.
alter table quotes add column refund_currency text;
alter table quotes add column value_amount numeric(28, 18);
alter table quotes add column value_currency text;
alter table quotes add column coin_rate numeric(28, 18) not null default 1;
alter table payment_intents add column price_amount numeric(28, 18);
alter table payment_intents add column price_currency text;
alter table refund_drafts add column coin text not null default '';
alter table refund_drafts add column basis text not null default 'as_paid';
alter table refund_drafts add column price text not null default '';

-- Short numbers, which CoinGate's clients know refunds by.
alter table refunds add column number bigint;
drop trigger refunds_final_rows_stay on refunds;
update refunds set number = numbered.number
from (select id, row_number() over (partition by merchant_id order by created_at, id) as number from refunds) as numbered
where numbered.id = refunds.id;
create trigger refunds_final_rows_stay before update on refunds
    for each row when (old.status in ('completed', 'rejected'))
    execute function refuse_change_of_final_refund();
create unique index refunds_by_number on refunds (merchant_id, number);

-- What a shop sells, in the shop's words and price. It becomes a payment intent when it is known what coin it is paid with;
-- an intent that was made without an order has one all the same.
create table orders (
    merchant_id uuid not null references merchants (id),
    number bigint not null,
    intent_id uuid unique references payment_intents (id),
    title text not null,
    description text not null,
    -- The shop's own name for it.
    reference text not null,
    price_amount numeric(28, 18) not null,
    price_currency text not null,
    -- What is paid is not converted when there is none.
    receive_currency text,
    token text not null,
    callback_url text,
    success_url text,
    cancel_url text,
    purchaser_email text,
    created_at timestamptz not null,
    -- Until when a coin can be chosen.
    expires_at timestamptz not null,
    primary key (merchant_id, number)
);
create index orders_by_time on orders (merchant_id, created_at, number);
insert into orders (merchant_id, number, intent_id, title, description, reference, price_amount, price_currency,
    receive_currency, token, created_at, expires_at)
select merchant_id, order_number, id, '', '', '', amount, currency, settlement_currency, '', created_at, expires_at
from payment_intents;
