-- A customer can say on the page of an order that they will not pay it.
alter table orders add column canceled_at timestamptz;
