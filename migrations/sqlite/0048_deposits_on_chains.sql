-- Deposits on real networks. Why a deposit is not credited has more reasons; a column's conditions cannot be changed in place
-- here, so the column is made anew, and what depends on it.
drop view movements;
drop index payments_unsupported;
alter table payments rename column unsupported to unsupported_before;
alter table payments add column unsupported text
    check (unsupported in ('intent_refunded', 'intent_expired', 'wrong_currency', 'wrong_network', 'dust'));
update payments set unsupported = unsupported_before;
alter table payments drop column unsupported_before;
create index payments_unsupported on payments (merchant_id, created_at, id) where unsupported is not null;
create view movements as
select id, merchant_id, case when unsupported is null then intent_id end as intent_id, 'payment' as kind, status, created_at
from payments
union all
select id, merchant_id, intent_id, 'refund' as kind,
    case status when 'completed' then 'paid' when 'rejected' then 'failed' else 'pending' end as status, created_at
from refunds;

-- The block that holds the deposit; null on networks without blocks that are followed.
alter table payments add column block_height integer check (block_height >= 0);
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
    height integer check (height >= 0),
    hash text,
    block_at text,
    -- The newest blocks of the network.
    head integer,
    safe_height integer,
    finalized_height integer,
    -- Since when and from where a server catches up.
    behind_from integer,
    behind_since text,
    -- How coin that contracts send is found, and the first block in which it was not looked for.
    traces text not null check (traces in ('unknown', 'trace_block', 'debug_trace', 'none')),
    untraced_from integer,
    leased_by text,
    leased_until text,
    updated_at text not null
) strict;

-- The blocks that were looked at, back to the newest final one: a reorganisation is found by comparing their hashes.
create table chain_blocks (
    network text not null references chain_cursors (network),
    height integer not null check (height >= 0),
    hash text not null,
    primary key (network, height)
) strict;

-- Transfers to deposit addresses.
create table chain_deposits (
    id text primary key,
    network text not null references chain_cursors (network),
    transaction_hash text not null,
    -- Within the transaction, see the domain's deposits.
    position integer not null check (position >= 0),
    address text not null,
    merchant_id text not null references merchants (id),
    intent_id text not null references payment_intents (id),
    currency text not null,
    amount text not null,
    -- Who paid, and whose transaction it is: often the same account.
    sender text not null,
    origin text not null,
    nonce integer not null,
    -- The block that holds it, or held it last.
    block_height integer not null check (block_height >= 0),
    block_hash text not null,
    block_at text not null,
    -- seen: in a block. credited: booked, but the block is not final. final: for ever. reorged: in no block at the moment.
    -- dropped: will be in no block. lost: was credited, is in no block, and could not be taken back.
    stage text not null check (stage in ('seen', 'credited', 'final', 'reorged', 'dropped', 'lost')),
    -- Of a reorged one: all blocks that used its nonce for another transaction are below this one, as far as is known.
    replaced_below integer,
    payment_id text references payments (id),
    created_at text not null,
    updated_at text not null,
    unique (network, transaction_hash, position, address, currency, amount)
) strict;
create index chain_deposits_open on chain_deposits (network, block_height) where stage not in ('final', 'dropped');
create unique index chain_deposits_by_payment on chain_deposits (payment_id);
