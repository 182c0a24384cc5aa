-- What was booked on a day, and what became final on it.
create index ledger_transactions_by_time on ledger_transactions (merchant_id, at);
create index payments_by_update on payments (merchant_id, updated_at);
create index sandbox_transfers_by_settlement on sandbox_transfers (settles_at);
