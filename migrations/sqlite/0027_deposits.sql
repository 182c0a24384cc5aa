-- One transaction can hold several transfers to one address; the position tells them apart.
alter table payments add column position integer not null default 0 check (position >= 0);
drop index payments_by_transaction;
create unique index payments_by_transaction on payments (network, transaction_hash, deposit_address, position);

-- Deposit addresses are derived from an index that is counted for each form of address and never used twice. It is kept with
-- the payment method, so that a server that stops before it has the address derives the same one later.
alter table payment_methods add column address_index integer check (address_index >= 0);
create table address_counters (
    form text primary key,
    next_index integer not null check (next_index > 0)
) strict;
