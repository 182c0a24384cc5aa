-- The available balance below which people of the merchant are told that it is low, by currency. Refunds do not stop there.
create table minimum_balances (
    merchant_id text not null references merchants (id),
    currency text not null,
    amount text not null,
    primary key (merchant_id, currency)
) strict;
