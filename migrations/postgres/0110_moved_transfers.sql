-- A transfer whose payment the signer of another account has signed before a backup was restored becomes one of that account, since
-- only it can pay it. From then on its account stays.
drop trigger transfers_keep_what_they_pay on transfers;
create trigger transfers_keep_what_they_pay before update on transfers
    for each row when (old.network <> new.network or old.recipient <> new.recipient or old.currency <> new.currency
        or (old.sender <> new.sender and (old.status <> 'planned' or new.status <> 'signed'))
        or (old.amount <> new.amount and (old.status <> 'planned' or new.status <> 'planned'))
        or (old.nonce is not null and (new.nonce is null or old.nonce <> new.nonce)))
    execute function refuse_change_of_transfer();
