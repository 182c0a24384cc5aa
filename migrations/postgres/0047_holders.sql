-- The account that receives a refund: of a muxed address the account behind it, else the address itself. What goes to one
-- account within a day counts together. Null in rows from before, which count by their address.
alter table refunds add column holder text;
create index refunds_by_holder on refunds (merchant_id, coalesce(holder, address), created_at);
