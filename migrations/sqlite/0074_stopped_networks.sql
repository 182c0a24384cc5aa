-- Owners are also told when a network is stopped. A column's conditions cannot be changed in place here.
create table new_notices (
    id text primary key,
    network text not null,
    kind text not null check (kind in ('low_float', 'refunds_wait', 'payouts_paused', 'unexplained_transfer',
        'network_stopped')),
    -- What it is about among several of its kind: an account, or its coin.
    subject text not null,
    detail text not null,
    opened_at text not null,
    cleared_at text
) strict;
insert into new_notices (id, network, kind, subject, detail, opened_at, cleared_at)
select id, network, kind, subject, detail, opened_at, cleared_at from notices;
drop table notices;
alter table new_notices rename to notices;
create unique index notices_open on notices (network, kind, subject) where cleared_at is null;
create index notices_by_subject on notices (network, kind, subject, cleared_at);
