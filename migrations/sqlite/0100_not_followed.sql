-- When a server last found that no round of an account was stored for a while, so that this database may be that of a backup.
-- Payouts are not resumed before they were reconciled since then, also if they are paused for something else too.
alter table senders add column not_followed_at text;
update senders set not_followed_at = paused_at where pause_reason = 'not_followed';
