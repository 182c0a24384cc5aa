-- The accounts that pay refunds on real networks. While `pause_reason` is set nothing new is signed.
create table senders (
    network text not null,
    address text not null,
    next_nonce bigint not null check (next_nonce >= 0),
    -- Up to which block its outgoing transfers were compared with ours.
    compared_height bigint,
    pause_reason text check (pause_reason in ('operator', 'unexplained_transaction', 'unexplained_transfer',
        'unexplained_signature', 'displaced', 'chain_contradicts')),
    pause_detail text,
    paused_at timestamptz,
    paused_by text,
    leased_until timestamptz,
    leased_by text,
    primary key (network, address),
    check ((pause_reason is null) = (paused_at is null))
);

-- What a sender holds, as last seen.
create table floats (
    network text not null,
    address text not null,
    currency text not null,
    amount numeric(28, 18) not null,
    seen_at timestamptz not null,
    primary key (network, address, currency),
    foreign key (network, address) references senders (network, address)
);

-- The transfer of a refund. A nonce belongs to one transfer, for ever.
create table transfers (
    id uuid primary key references refunds (id),
    network text not null,
    sender text not null,
    recipient text not null,
    currency text not null,
    amount numeric(28, 18) not null,
    status text not null check (status in ('planned', 'signed', 'broadcast', 'mined', 'revoking', 'completed', 'reverted', 'cancelled',
        'displaced', 'withdrawn')),
    nonce bigint check (nonce >= 0),
    revocation_nonce bigint check (revocation_nonce >= 0),
    cancelling bigint not null default 0 check (cancelling in (0, 1)),
    held_reason text,
    held_detail text,
    held_since timestamptz,
    transaction_hash text,
    block_height bigint,
    -- The height at which its nonce was seen to be used although no version of it is in a block.
    overtaken_height bigint,
    block_hash text,
    -- What the network took, in its own coin.
    fee numeric(28, 18),
    planned_at timestamptz not null,
    broadcast_at timestamptz,
    updated_at timestamptz not null,
    check ((nonce is null) = (status in ('planned', 'withdrawn')) or status = 'completed'),
    check ((held_reason is null) = (held_since is null))
);
create unique index transfers_by_nonce on transfers (network, sender, nonce) where nonce is not null;
create index transfers_open on transfers (network, sender, planned_at)
    where status in ('planned', 'signed', 'broadcast', 'mined', 'revoking', 'displaced');
create unique index transfers_by_revocation_nonce on transfers (network, sender, revocation_nonce)
    where revocation_nonce is not null;
create index transfers_by_transaction on transfers (transaction_hash) where transaction_hash is not null;
create index transfers_held on transfers (held_since) where held_reason is not null;

create function refuse_change_of_transfer() returns trigger language plpgsql as $$
begin
    raise exception 'a transfer pays the same for ever, and a final one never changes';
end $$;
create trigger transfers_keep_what_they_pay before update on transfers
    for each row when (old.network <> new.network or old.sender <> new.sender or old.recipient <> new.recipient
        or old.currency <> new.currency or old.amount <> new.amount
        or (old.nonce is not null and (new.nonce is null or old.nonce <> new.nonce)))
    execute function refuse_change_of_transfer();
create trigger transfers_final_rows_stay before update on transfers
    for each row when (old.status in ('completed', 'reverted', 'cancelled', 'withdrawn'))
    execute function refuse_change_of_transfer();
create trigger transfers_are_never_removed before delete on transfers
    for each row execute function refuse_change();

-- Every signed version of a transfer, all with its nonce.
create table transfer_attempts (
    hash text primary key,
    transfer_id uuid not null references transfers (id),
    seq bigint not null,
    kind text not null check (kind in ('payment', 'cancellation', 'revocation')),
    raw text not null,
    max_fee_per_gas text not null,
    max_priority_fee_per_gas text not null,
    signed_at timestamptz not null,
    unique (transfer_id, seq)
);
create trigger transfer_attempts_are_never_changed before update or delete on transfer_attempts
    for each row execute function refuse_change();

-- Outgoing transactions of our senders that belong to no transfer, until a person has explained them.
create table unexplained_transactions (
    network text not null,
    sender text not null,
    transaction_hash text not null,
    detail text not null,
    found_at timestamptz not null,
    explained_at timestamptz,
    explained_by text,
    explanation text,
    primary key (network, sender, transaction_hash)
);

-- Why the transfer of a refund waits; kept here too, for lists.
alter table refunds add column held_reason text;
