-- Whether a signer was ever asked to sign for an account. If none was, nothing can have been signed for it. What was
-- done before this migration is not known, so the accounts of then count as asked.
alter table senders add column asked bigint not null default 1 check (asked in (0, 1));
