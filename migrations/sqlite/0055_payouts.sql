-- The person who paused payouts, whom the same person may not resume alone.
alter table senders add column paused_by_user text references users (id);

-- The nonce of an outgoing transaction that belongs to no transfer: the chain has an explanation for each of its nonces.
alter table unexplained_transactions add column nonce integer check (nonce >= 0);
