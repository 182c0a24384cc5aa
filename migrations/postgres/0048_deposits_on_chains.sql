-- Deposits on real networks. Why a deposit is not credited has more reasons.
alter table payments drop constraint payments_unsupported_check;
alter table payments add constraint payments_unsupported_check
    check (unsupported in ('intent_refunded', 'intent_expired', 'wrong_currency', 'wrong_network', 'dust'));

-- The block that holds the deposit; null on networks without blocks that are followed.
alter table payments add column block_height bigint check (block_height >= 0);
-- A deposit that failed can come back, and is then another payment.
drop index payments_by_transaction;
create unique index payments_by_transaction on payments (network, transaction_hash, deposit_address, position)
    where status <> 'failed';

-- How far each network was followed. One server follows it at a time.
create table chain_cursors (
    network text primary key,
    state text not null check (state in ('starting', 'following', 'catching_up', 'unreachable', 'contradicted', 'stopped')),
    -- What is wrong, for people.
    problem text,
    -- The newest block that was looked at, null before the first.
    height bigint check (height >= 0),
    hash text,
    block_at timestamptz,
    -- The newest blocks of the network.
    head bigint,
    safe_height bigint,
    finalized_height bigint,
    -- Since when and from where a server catches up.
    behind_from bigint,
    behind_since timestamptz,
    -- How coin that contracts send is found, and the first block in which it was not looked for.
    traces text not null check (traces in ('unknown', 'trace_block', 'debug_trace', 'none')),
    untraced_from bigint,
    leased_by text,
    leased_until timestamptz,
    updated_at timestamptz not null
);

-- The blocks that were looked at, back to the newest final one: a reorganisation is found by comparing their hashes.
create table chain_blocks (
    network text not null references chain_cursors (network),
    height bigint not null check (height >= 0),
    hash text not null,
    primary key (network, height)
);

-- Transfers to deposit addresses.
create table chain_deposits (
    id uuid primary key,
    network text not null references chain_cursors (network),
    transaction_hash text not null,
    -- Within the transaction, see the domain's deposits.
    position bigint not null check (position >= 0),
    address text not null,
    merchant_id uuid not null references merchants (id),
    intent_id uuid not null references payment_intents (id),
    currency text not null,
    amount numeric(28, 18) not null,
    -- Who paid, and whose transaction it is: often the same account.
    sender text not null,
    origin text not null,
    nonce bigint not null,
    -- The block that holds it, or held it last.
    block_height bigint not null check (block_height >= 0),
    block_hash text not null,
    block_at timestamptz not null,
    -- seen: in a block. credited: booked, but the block is not final. final: for ever. reorged: in no block at the moment.
    -- dropped: will be in no block. lost: was credited, is in no block, and could not be taken back.
    stage text not null check (stage in ('seen', 'credited', 'final', 'reorged', 'dropped', 'lost')),
    -- Of a reorged one: all blocks that used its nonce for another transaction are below this one, as far as is known.
    replaced_below bigint,
    payment_id uuid references payments (id),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (network, transaction_hash, position, address, currency, amount)
);
create index chain_deposits_open on chain_deposits (network, block_height) where stage not in ('final', 'dropped');
create unique index chain_deposits_by_payment on chain_deposits (payment_id);
