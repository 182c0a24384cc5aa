-- Who has paused, compared, explained or assigned something while payouts of an account were paused: they do not resume it
-- if another owner can. The rows are removed when the pause ends.
create table pause_participants (
    network text not null,
    address text not null,
    user_id text not null references users (id),
    at text not null,
    primary key (network, address, user_id),
    foreign key (network, address) references senders (network, address)
) strict;

-- What was asked of a signer that has not answered yet, because people have to sign. The same is asked again.
create table signature_requests (
    transfer_id text primary key references transfers (id),
    kind text not null check (kind in ('payment', 'cancellation', 'revocation')),
    nonce integer not null check (nonce >= 0),
    gas_limit integer not null,
    max_fee_per_gas text not null,
    max_priority_fee_per_gas text not null,
    asked_at text not null
) strict;

-- SQLite cannot change a check in place, so the table is made anew; what refers to it is looked at again at the commit.
-- New is the reason 'not_followed'. Who has paused is with the others who took part.
pragma defer_foreign_keys = on;
create table kept_senders as select * from senders;
drop table senders;
create table senders (
    network text not null,
    address text not null,
    next_nonce integer not null check (next_nonce >= 0),
    -- Up to which block its outgoing transfers were compared with ours.
    compared_height integer,
    pause_reason text check (pause_reason in ('operator', 'unexplained_transaction', 'unexplained_transfer',
        'unexplained_signature', 'displaced', 'chain_contradicts', 'not_followed')),
    pause_detail text,
    paused_at text,
    paused_by text,
    leased_until text,
    leased_by text,
    seen_height integer,
    seen_final_height integer,
    seen_at text,
    asked integer not null default 1 check (asked in (0, 1)),
    primary key (network, address),
    check ((pause_reason is null) = (paused_at is null))
) strict;
insert into senders (network, address, next_nonce, compared_height, pause_reason, pause_detail, paused_at, paused_by,
    leased_until, leased_by, seen_height, seen_final_height, seen_at, asked)
select network, address, next_nonce, compared_height, pause_reason, pause_detail, paused_at, paused_by,
    leased_until, leased_by, seen_height, seen_final_height, seen_at, asked
from kept_senders;
insert into pause_participants (network, address, user_id, at)
select network, address, paused_by_user, paused_at from kept_senders
where paused_by_user is not null and paused_at is not null;
drop table kept_senders;
