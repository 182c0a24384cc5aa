-- When an attempt last failed, so that the time in which nothing was tried does not count as failing.
alter table webhook_endpoints add column failed_at timestamptz;

-- What stands for a server of CoinGate's callbacks is not judged any more: each of them has its own address.
update webhook_endpoints set failing_since = null where form in ('coingate_refund', 'coingate_order');
