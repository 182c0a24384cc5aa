-- The destination as the client sent it; `address` is the same in its canonical form. Null in rows from before.
alter table refunds add column address_sent text;
alter table address_book_recipients add column address_sent text;
