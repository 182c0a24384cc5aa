-- How often a transfer was submitted to the sandbox's chain. More than once would be a second payment on a real one.
alter table sandbox_transfers add column submissions integer not null default 1;
