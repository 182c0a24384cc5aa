-- The audit log is chained: number and hash of each entry, and the newest of both. What is older has neither, since
-- entries are never changed.
alter table audit_entries add column number bigint;
alter table audit_entries add column hash text;
create unique index audit_entries_by_number on audit_entries (merchant_id, number);
create table audit_chains (
    merchant_id uuid primary key references merchants (id),
    length bigint not null,
    head text not null
);
