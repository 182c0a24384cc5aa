-- What was paid and refunded on each day (UTC), for the charts of the overview. A worker adds what the audit log says, in
-- the order of its numbers, so that a refund writes nothing here itself. Everything can be computed anew from the log:
-- delete both tables' rows.
create table daily_activity (
    merchant_id text not null references merchants (id),
    day text not null,
    event text not null check (event in ('paid', 'refunded', 'rejected')),
    network text not null,
    currency text not null,
    -- That of refunds; empty for payments.
    reason text not null,
    number integer not null,
    amount text not null,
    -- From the requests of these refunds until their ends, together; 0 for payments.
    seconds integer not null,
    primary key (merchant_id, day, event, network, currency, reason)
) strict;
-- The number of the newest audit entry that is counted.
create table activity_cursors (
    merchant_id text primary key references merchants (id),
    number integer not null
) strict;
