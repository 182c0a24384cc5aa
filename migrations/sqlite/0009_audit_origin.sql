-- The network address that it was done from; unknown for what the system does, and for older entries.
alter table audit_entries add column origin text;
create index audit_entries_by_subject_number on audit_entries (merchant_id, subject_id, number);
create index audit_entries_by_actor on audit_entries (merchant_id, actor_id, number);
