-- The newest blocks that payouts of a sender have seen.
alter table senders add column seen_height bigint;
alter table senders add column seen_final_height bigint;
alter table senders add column seen_at timestamptz;

-- Lists of refunds that wait.
create index refunds_held on refunds (merchant_id, created_at, id) where held_reason is not null;
