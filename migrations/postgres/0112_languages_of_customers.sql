-- The language of the page on which a customer chose a coin, or answered what they were asked about a refund, by its code. E-mails
-- to them are in it. Null if that is not known.
alter table orders add column customer_language text;
alter table refund_confirmations add column language text;
