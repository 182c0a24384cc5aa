-- What is final or history stays as it was written, in every column; a deposit is booked once.
drop trigger refunds_final_states_stay on refunds;
create trigger refunds_final_rows_stay before update on refunds
    for each row when (old.status in ('completed', 'rejected'))
    execute function refuse_change_of_final_refund();

create trigger quotes_are_never_changed before update or delete on quotes
    for each row execute function refuse_change();
create trigger refund_timeline_is_never_changed before update or delete on refund_timeline
    for each row execute function refuse_change();
create trigger intent_timeline_is_never_changed before update or delete on intent_timeline
    for each row execute function refuse_change();
create trigger ledger_transactions_are_never_changed before update or delete on ledger_transactions
    for each row execute function refuse_change();

-- An entry without a number would pass for one from before there were chains. 'not valid': those from then stay.
alter table audit_entries add constraint audit_entries_are_numbered
    check (number is not null and hash is not null) not valid;

create unique index payments_by_transaction on payments (network, transaction_hash, deposit_address);

-- The number of the audit entry written with it: the order in which a merchant's events happened. Ids and times repeat or
-- cross within a millisecond.
alter table outbox_events add column number bigint;
create unique index outbox_events_by_number on outbox_events (merchant_id, number);
