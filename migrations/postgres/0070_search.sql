-- Indexes of the console's search, which finds by exact values and by their beginnings. They compare byte by byte (collation
-- "C"), since a beginning is a range of bytes and not a range of most languages' alphabets.
--
-- What they cost: each refund still writes as many indexes as before, since three are replaced. Each payment writes two
-- more, each payment method one more when it gets its address, each order one more for a shop's own id and one more for a
-- customer's e-mail address, if it has them, and each signed transfer one more. Building them reads these tables once.

-- In small letters: EVM addresses and most hashes are the same in any case. Where case matters (base58), no two values of
-- a merchant are likely to differ in it alone, and exact filters compare the column too.
drop index refunds_by_address;
create index refunds_by_address on refunds (merchant_id, lower(address collate "C"), created_at);
drop index refunds_by_transaction;
create index refunds_by_transaction on refunds (merchant_id, lower(transaction_hash collate "C"));
drop index refunds_by_email;
create index refunds_by_email on refunds (merchant_id, customer_email collate "C", created_at);

-- Deposits: their transactions, and who sent them. One account of an exchange sends many.
create index payments_by_hash on payments (merchant_id, lower(transaction_hash collate "C")) where transaction_hash is not null;
create index payments_by_sender on payments (merchant_id, lower(from_address collate "C"), created_at)
    where from_address is not null;
create index payment_methods_by_any_case on payment_methods (lower(address collate "C")) where address is not null;

-- The shop's own names for its orders, and the customers who paid them.
create index orders_by_reference on orders (merchant_id, lower(reference collate "C")) where reference <> '';
create index orders_by_purchaser on orders (merchant_id, purchaser_email collate "C", created_at)
    where purchaser_email is not null;

-- Transactions that are not confirmed, and those that were replaced by another version.
create index transfer_attempts_by_beginning on transfer_attempts (hash collate "C");
