-- What is final or history stays as it was written, in every column; a deposit is booked once.
drop trigger refunds_final_states_stay;
create trigger refunds_final_rows_stay before update on refunds
when old.status in ('completed', 'rejected')
begin select raise(abort, 'a final refund never changes'); end;

create trigger quotes_are_never_changed before update on quotes
begin select raise(abort, 'quotes are append-only'); end;
create trigger quotes_are_never_removed before delete on quotes
begin select raise(abort, 'quotes are append-only'); end;
create trigger refund_timeline_is_never_changed before update on refund_timeline
begin select raise(abort, 'timelines are append-only'); end;
create trigger refund_timeline_is_never_removed before delete on refund_timeline
begin select raise(abort, 'timelines are append-only'); end;
create trigger intent_timeline_is_never_changed before update on intent_timeline
begin select raise(abort, 'timelines are append-only'); end;
create trigger intent_timeline_is_never_removed before delete on intent_timeline
begin select raise(abort, 'timelines are append-only'); end;
create trigger ledger_transactions_are_never_changed before update on ledger_transactions
begin select raise(abort, 'ledger transactions are append-only'); end;
create trigger ledger_transactions_are_never_removed before delete on ledger_transactions
begin select raise(abort, 'ledger transactions are append-only'); end;

-- An entry without a number would pass for one from before there were chains.
create trigger audit_entries_are_numbered before insert on audit_entries
when new.number is null or new.hash is null
begin select raise(abort, 'audit entries are chained'); end;

create unique index payments_by_transaction on payments (network, transaction_hash, deposit_address);

-- The number of the audit entry written with it: the order in which a merchant's events happened. Ids and times repeat or
-- cross within a millisecond.
alter table outbox_events add column number integer;
create unique index outbox_events_by_number on outbox_events (merchant_id, number);
