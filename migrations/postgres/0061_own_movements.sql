-- Indexes of deposit addresses that are given to nobody: the chain shows that they were used, or a person left them out.
-- A database that was restored from a backup does not know who got them. They are watched like the others.
create table skipped_addresses (
    -- The form of addresses, which has a counter of its own.
    form text not null,
    address_index bigint not null check (address_index >= 0),
    address text not null,
    skipped_at timestamptz not null,
    primary key (form, address_index)
);
create unique index skipped_addresses_by_address on skipped_addresses (address);

-- Coins that moved into or out of our own addresses on real networks and are no deposit: sweeps, top-ups, payouts, fees,
-- and what nobody has explained.
create table own_movements (
    id uuid primary key,
    network text not null,
    -- Whose account it is: deposit addresses, or one that pays refunds.
    role text not null check (role in ('deposits', 'sender')),
    account text not null,
    flow text not null check (flow in ('in', 'out')),
    kind text not null
        check (kind in ('opening', 'sweep', 'top_up', 'payout', 'network_fee', 'not_given_out', 'unknown', 'difference')),
    currency text not null,
    amount numeric(28, 18) not null,
    -- The account at the other end, if it is known.
    counterparty text,
    -- Null for what only balances show.
    transaction_hash text,
    position bigint check (position >= 0),
    block_height bigint not null check (block_height >= 0),
    found_at timestamptz not null,
    -- A reorganisation has removed its block.
    removed_at timestamptz,
    check ((transaction_hash is null) = (position is null))
);
create unique index own_movements_once
    on own_movements (network, transaction_hash, position, account, flow, currency, amount) where transaction_hash is not null;
create index own_movements_by_account on own_movements (network, account, currency);
create index own_movements_by_block on own_movements (network, block_height) where removed_at is null;
create index own_movements_open on own_movements (network, found_at, id)
    where kind in ('not_given_out', 'unknown', 'difference') and removed_at is null;
create trigger own_movements_keep_what_moved before update on own_movements
    for each row when (old.network <> new.network or old.account <> new.account or old.flow <> new.flow
        or old.currency <> new.currency or old.amount <> new.amount or old.found_at <> new.found_at)
    execute function refuse_change();
create trigger own_movements_are_never_removed before delete on own_movements
    for each row execute function refuse_change();

-- What a person knows about a movement.
create table movement_explanations (
    movement_id uuid primary key references own_movements (id),
    explained_by text not null,
    explained_at timestamptz not null,
    note text not null
);
create trigger movement_explanations_are_never_changed before update or delete on movement_explanations
    for each row execute function refuse_change();

-- Everything that moved at our own addresses, deposits too.
create view account_entries as
select d.network, 'deposits' as role, d.address as account, 'in' as flow,
    case when p.status = 'paid' and p.unsupported is null then 'credited' when p.unsupported is not null then 'unsupported'
        else 'waiting' end as kind,
    d.currency, d.amount, d.block_height
from chain_deposits d left join payments p on p.id = d.payment_id where d.stage in ('seen', 'credited', 'final')
union all
select m.network, m.role, m.account, m.flow, case when e.movement_id is null then m.kind else 'explained' end as kind,
    m.currency, m.amount, m.block_height
from own_movements m left join movement_explanations e on e.movement_id = m.id where m.removed_at is null;
create index chain_deposits_by_address on chain_deposits (network, address);

-- What the chain said that an account holds, when it was compared with its entries up to that block.
create table compared_balances (
    network text not null,
    account text not null,
    currency text not null,
    role text not null check (role in ('deposits', 'sender')),
    amount numeric(38, 18) not null,
    block_height bigint not null,
    primary key (network, account, currency)
);

-- The sums of the entries of each kind as of the newest comparison.
create table book_totals (
    network text not null,
    currency text not null,
    role text not null,
    flow text not null,
    kind text not null,
    amount numeric(38, 18) not null,
    primary key (network, currency, role, flow, kind)
);
-- When and at which block all accounts of a network were compared.
alter table chain_cursors add column compared_at timestamptz;
alter table chain_cursors add column compared_height bigint;
-- The first block in which movements were looked for.
alter table chain_cursors add column movements_from bigint;

-- What owners were told by mail once, until it is over.
create table notices (
    id uuid primary key,
    network text not null,
    kind text not null check (kind in ('low_float', 'refunds_wait', 'payouts_paused', 'unexplained_transfer')),
    -- What it is about among several of its kind: an account, or its coin.
    subject text not null,
    detail text not null,
    opened_at timestamptz not null,
    cleared_at timestamptz
);
create unique index notices_open on notices (network, kind, subject) where cleared_at is null;
create index notices_by_subject on notices (network, kind, subject, cleared_at);

-- Mail about these notices.
alter table mail_outbox drop constraint mail_outbox_occasion_check;
alter table mail_outbox add constraint mail_outbox_occasion_check
    check (occasion in ('confirmation', 'completed', 'rejected', 'password_reset', 'policy_loosening', 'notice'));
