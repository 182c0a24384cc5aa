-- Who has paused, compared, explained or assigned something while payouts of an account were paused: they do not resume it
-- if another owner can. The rows are removed when the pause ends.
create table pause_participants (
    network text not null,
    address text not null,
    user_id uuid not null references users (id),
    at timestamptz not null,
    primary key (network, address, user_id),
    foreign key (network, address) references senders (network, address)
);

-- What was asked of a signer that has not answered yet, because people have to sign. The same is asked again.
create table signature_requests (
    transfer_id uuid primary key references transfers (id),
    kind text not null check (kind in ('payment', 'cancellation', 'revocation')),
    nonce bigint not null check (nonce >= 0),
    gas_limit bigint not null,
    max_fee_per_gas text not null,
    max_priority_fee_per_gas text not null,
    asked_at timestamptz not null
);

-- New is the reason 'not_followed'.
alter table senders drop constraint senders_pause_reason_check;
alter table senders add constraint senders_pause_reason_check check (pause_reason in ('operator',
    'unexplained_transaction', 'unexplained_transfer', 'unexplained_signature', 'displaced', 'chain_contradicts',
    'not_followed'));

-- Who has paused is with the others who took part.
insert into pause_participants (network, address, user_id, at)
select network, address, paused_by_user, paused_at from senders
where paused_by_user is not null and paused_at is not null;
alter table senders drop column paused_by_user;
