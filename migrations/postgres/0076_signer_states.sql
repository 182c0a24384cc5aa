-- Why the signer of an account signs nothing, as the newest round has heard, and since when.
alter table senders add column signer_reason text
    check (signer_reason in ('signer_away', 'signer_locked', 'signer_refuses'));
alter table senders add column signer_detail text;
alter table senders add column signer_since timestamptz;
-- When its memory was last seen to lack what this database has.
alter table senders add column signer_forgot_at timestamptz;
