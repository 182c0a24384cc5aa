-- A transfer whose payment the signer of another account has signed before a backup was restored becomes one of that account, since
-- only it can pay it. From then on its account stays.
drop trigger transfers_keep_what_they_pay;
create trigger transfers_keep_what_they_pay before update on transfers
when old.network <> new.network or old.recipient <> new.recipient or old.currency <> new.currency
    or (old.sender <> new.sender and (old.status <> 'planned' or new.status <> 'signed'))
    or (old.amount <> new.amount and (old.status <> 'planned' or new.status <> 'planned'))
    or (old.nonce is not null and (new.nonce is null or old.nonce <> new.nonce))
begin select raise(abort, 'a transfer pays the same for ever'); end;
