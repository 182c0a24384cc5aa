-- The memory of the signer. Everything is append-only.
create table memory (
    id integer primary key check (id = 1),
    version integer not null,
    started_at integer not null
) strict;

-- One row is one payment, for ever.
create table transfers (
    transfer text primary key,
    chain_id integer not null,
    sender text not null,
    nonce integer not null,
    coin text not null,
    recipient text not null,
    amount text not null,
    -- Set if the payment is an authorised transfer (EIP-3009).
    domain_separator text,
    -- Milliseconds by the signer's time, like every time here.
    signed_at integer not null,
    unique (chain_id, sender, nonce)
) strict;
create index transfers_by_day on transfers (chain_id, coin, signed_at);

-- A nonce of a key has one transfer, for ever. A transfer has the nonce of its payment, and others only to revoke an
-- authorisation whose transaction failed.
create table nonces (
    chain_id integer not null,
    sender text not null,
    nonce integer not null,
    transfer text not null references transfers (transfer),
    primary key (chain_id, sender, nonce),
    unique (chain_id, sender, nonce, transfer)
) strict;

-- Every transaction that was signed for a transfer: the payment, its replacements, its cancellation.
create table signatures (
    sequence integer primary key,
    transfer text not null,
    chain_id integer not null,
    sender text not null,
    nonce integer not null,
    purpose text not null check (purpose in ('payment', 'cancellation')),
    gas_limit text not null,
    max_fee_per_gas text not null,
    max_priority_fee_per_gas text not null,
    hash text not null unique,
    raw text not null,
    signed_at integer not null,
    unique (transfer, nonce, purpose, gas_limit, max_fee_per_gas, max_priority_fee_per_gas),
    foreign key (chain_id, sender, nonce, transfer) references nonces (chain_id, sender, nonce, transfer)
) strict;
create index signatures_by_nonce on signatures (chain_id, sender, nonce);
create index signatures_by_day on signatures (signed_at);

-- The audit log. Each hash covers the entry and the hash before it.
create table log (
    sequence integer primary key,
    at integer not null,
    peer integer not null,
    request text not null,
    outcome text not null,
    detail text not null,
    hash text not null unique
) strict;

create trigger no_payment_after_cancellation before insert on signatures
    when new.purpose = 'payment'
    and exists (select 1 from signatures where transfer = new.transfer and purpose = 'cancellation')
    begin select raise(abort, 'the transfer is cancelled'); end;

create trigger payments_have_one_nonce before insert on signatures
    when new.purpose = 'payment' and new.nonce <> (select nonce from transfers where transfer = new.transfer)
    begin select raise(abort, 'the payment has another nonce'); end;

create trigger memory_stays before update on memory begin select raise(abort, 'append-only'); end;
create trigger memory_remains before delete on memory begin select raise(abort, 'append-only'); end;
create trigger transfers_stay before update on transfers begin select raise(abort, 'append-only'); end;
create trigger transfers_remain before delete on transfers begin select raise(abort, 'append-only'); end;
create trigger nonces_stay before update on nonces begin select raise(abort, 'append-only'); end;
create trigger nonces_remain before delete on nonces begin select raise(abort, 'append-only'); end;
create trigger signatures_stay before update on signatures begin select raise(abort, 'append-only'); end;
create trigger signatures_remain before delete on signatures begin select raise(abort, 'append-only'); end;
create trigger log_stays before update on log begin select raise(abort, 'append-only'); end;
create trigger log_remains before delete on log begin select raise(abort, 'append-only'); end;
