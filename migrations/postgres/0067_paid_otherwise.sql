-- A refund that is made again after a restore can have another amount than the one that was paid before, since rates and
-- fees move. As long as nothing is signed for it here, it is corrected to what was paid.
drop trigger transfers_keep_what_they_pay on transfers;
create trigger transfers_keep_what_they_pay before update on transfers
    for each row when (old.network <> new.network or old.sender <> new.sender or old.recipient <> new.recipient
        or old.currency <> new.currency
        or (old.amount <> new.amount and (old.status <> 'planned' or new.status <> 'planned'))
        or (old.nonce is not null and (new.nonce is null or old.nonce <> new.nonce)))
    execute function refuse_change_of_transfer();
