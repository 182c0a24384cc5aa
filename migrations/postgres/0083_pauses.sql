-- How often an account was paused. Resuming ends only the pauses that were looked at: one that came meanwhile stays.
alter table senders add column pauses bigint not null default 0;
