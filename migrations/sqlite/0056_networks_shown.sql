-- What pages show of networks. Several servers share the work, so what one of them has seen is kept here for all.

-- The nodes of a network, by the names in the settings of the server that asked them last.
create table chain_nodes (
    network text not null,
    -- The host, and the port if it is unusual. Never the address, which can contain a key.
    name text not null,
    position integer not null,
    -- Its newest block, as it last answered.
    head integer,
    answered_at text,
    -- What it did instead of an answer the last time; null if it answered.
    problem text check (problem in ('away', 'refuses', 'unexpected')),
    failing_since text,
    asked_at text not null,
    primary key (network, position)
) strict;

-- The newest comparison of a network with the settings.
create table chain_examinations (
    network text primary key,
    -- What is wrong or unusual, a line each.
    findings text not null,
    verdict text not null check (verdict in ('usable', 'away', 'wrong')),
    examined_at text not null
) strict;

-- What the newest reconciliation of an account has found and done.
create table payout_reconciliations (
    network text not null,
    address text not null,
    report text not null,
    at text not null,
    primary key (network, address),
    foreign key (network, address) references senders (network, address)
) strict;

-- What a person decided about a deposit that was credited, then removed by the network, when its money was spent.
alter table chain_deposits add column resolution text check (resolution in ('taken_back', 'written_off'));
alter table chain_deposits add column resolution_note text;
alter table chain_deposits add column resolved_at text;
alter table chain_deposits add column resolved_by text references users (id);
create index chain_deposits_lost on chain_deposits (merchant_id, updated_at, id) where stage = 'lost' or resolution = 'written_off';
-- An intent with such a deposit is not refunded any further.
create index chain_deposits_lost_by_intent on chain_deposits (intent_id) where stage = 'lost';
