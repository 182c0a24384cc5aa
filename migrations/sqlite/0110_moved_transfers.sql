-- A transfer whose payment the signer of another account has signed before a backup was restored becomes one of that account, since
-- only it can pay it. From then on its account stays.
drop trigger transfers_keep_what_they_pay;
create trigger transfers_keep_what_they_pay before update on transfers
when old.network <> new.network or old.recipient <> new.recipient or old.currency <> new.currency
    or (old.sender <> new.sender and (old.status <> 'planned' or new.status <> 'signed'))
    or (old.amount <> new.amount and (old.status <> 'planned' or new.status <> 'planned'))
    or (old.nonce is not null and (new.nonce is null or old.nonce <> new.nonce))
begin select raise(abort, 'a transfer pays the same for ever'); end;

-- A payment that has succeeded and moved something else than what is owed. Its customer got what was missing, and not all of it:
-- if its block is removed, it is sent again.
alter table removed_payments add column is_shortfall integer not null default 0 check (is_shortfall in (0, 1));

-- What a transfer that had ended without its payment has paid nevertheless, since its network removed final blocks, was recognised
-- as a payout, so that nobody could explain it. It is listed now.
update own_movements set kind = 'unknown'
where kind = 'payout' and role = 'sender' and flow = 'out' and removed_at is null and transaction_hash is not null
    and not exists (select 1 from transfer_attempts a join transfers t on t.id = a.transfer_id
        where a.hash = own_movements.transaction_hash
            and (a.kind <> 'payment' or t.status not in ('reverted', 'cancelled', 'withdrawn')))
    and not exists (select 1 from transfers t where t.transaction_hash = own_movements.transaction_hash
        and (t.status not in ('reverted', 'cancelled', 'withdrawn') or not exists (select 1 from transfer_attempts a
            where a.transfer_id = t.id and a.hash = own_movements.transaction_hash and a.kind = 'payment')))
    and not exists (select 1 from removed_payments p where p.transaction_hash = own_movements.transaction_hash);
