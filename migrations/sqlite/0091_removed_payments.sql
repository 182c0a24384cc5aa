-- A row stays when its refund is paid again: a final refund never changes, so what has paid it since is kept here, with the
-- height of its final block. Without a height it is looked for. If nothing has paid it, this is the transaction that people
-- have to explain, with what they are told. 'looked_at' lets all have their turn.
alter table removed_payments add column transaction_hash text;
alter table removed_payments add column block_height integer;
alter table removed_payments add column detail text;
alter table removed_payments add column looked_at text;
update removed_payments
set transaction_hash = (select t.transaction_hash from transfers t where t.id = removed_payments.transfer_id),
    detail = (select u.detail from unexplained_transactions u join transfers t on t.network = u.network and t.sender = u.sender
        and t.transaction_hash = u.transaction_hash where t.id = removed_payments.transfer_id)
where failed_at is not null;
