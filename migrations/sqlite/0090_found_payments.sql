-- Transactions of our accounts that have paid a refund and are no signed version of its transfer: their nonces belong to no
-- transfer. If their network removes such a block, nothing else tells which transaction has to be sent again.
create table found_payments (
    transfer_id text primary key references transfers (id),
    network text not null,
    sender text not null,
    nonce integer not null check (nonce >= 0),
    transaction_hash text not null
) strict;
create index found_payments_by_nonce on found_payments (network, sender, nonce);

-- Transfers that ended without their payment: somebody else may still submit an authorisation of theirs.
create index transfers_ended_unpaid on transfers (network, sender, recipient)
    where status in ('reverted', 'cancelled', 'withdrawn');
