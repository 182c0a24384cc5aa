-- The format of CoinGate callbacks about what was created with a key. Without one it is the server's setting.
alter table api_keys add column callback_format text check (callback_format in ('form', 'json'));
-- The key that created an order. A refund already has its author.
alter table orders add column api_key_id uuid references api_keys (id);
-- The format of this message, so that every attempt sends the same.
alter table webhook_deliveries add column callback_format text check (callback_format in ('form', 'json'));
-- For the log of callbacks of one order or refund.
create index webhook_deliveries_by_subject on webhook_deliveries (subject_id);
