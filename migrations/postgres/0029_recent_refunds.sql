-- The refunds of one address or one customer within a day, which count together for the thresholds of the policy.
drop index refunds_by_address;
create index refunds_by_address on refunds (merchant_id, address, created_at);
drop index refunds_by_email;
create index refunds_by_email on refunds (merchant_id, customer_email, created_at);
