-- Indexes of the console's search, which finds by exact values and by their beginnings. A beginning is a range of bytes,
-- which is how this engine compares text.
--
-- What they cost: each refund still writes as many indexes as before, since two are replaced. Each payment writes two
-- more, each payment method one more when it gets its address, and each order one more for a shop's own id and one more
-- for a customer's e-mail address, if it has them. Building them reads these tables once.

-- In small letters: EVM addresses and most hashes are the same in any case. Where case matters (base58), no two values of
-- a merchant are likely to differ in it alone, and exact filters compare the column too.
drop index refunds_by_address;
create index refunds_by_address on refunds (merchant_id, lower(address), created_at);
drop index refunds_by_transaction;
create index refunds_by_transaction on refunds (merchant_id, lower(transaction_hash));

-- Deposits: their transactions, and who sent them. One account of an exchange sends many.
create index payments_by_hash on payments (merchant_id, lower(transaction_hash)) where transaction_hash is not null;
create index payments_by_sender on payments (merchant_id, lower(from_address), created_at) where from_address is not null;
create index payment_methods_by_any_case on payment_methods (lower(address)) where address is not null;

-- The shop's own names for its orders, and the customers who paid them.
create index orders_by_reference on orders (merchant_id, lower(reference)) where reference <> '';
create index orders_by_purchaser on orders (merchant_id, purchaser_email, created_at) where purchaser_email is not null;
