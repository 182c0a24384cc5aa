-- When an attempt last failed, so that the time in which nothing was tried does not count as failing.
alter table webhook_endpoints add column failed_at text;
