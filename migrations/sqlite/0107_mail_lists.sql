-- The outbox can be filtered by state and by kind.
create index mail_outbox_by_state on mail_outbox (merchant_id, state, created_at, id);
create index mail_outbox_by_occasion on mail_outbox (merchant_id, occasion, created_at, id);
