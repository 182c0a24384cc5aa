-- The available balance below which people of the merchant are told that it is low, by currency. Refunds do not stop there.
create table minimum_balances (
    merchant_id uuid not null references merchants (id),
    currency text not null,
    amount numeric(28, 18) not null check (amount > 0),
    primary key (merchant_id, currency)
);
