-- Addresses that must not be paid. The newest list counts; older ones stay, because records name them.
create table deny_lists (
    id text primary key,
    name text not null,
    version text not null,
    -- The day that the list itself names.
    dated text not null,
    imported_at text not null,
    entries integer not null
) strict;
create table deny_list_entries (
    list_id text not null references deny_lists (id),
    address text not null,
    reason text not null,
    primary key (list_id, address)
) strict, without rowid;

-- What was said of a refund's address, when, and by which version of which list.
create table refund_screenings (
    refund_id text not null references refunds (id),
    seq integer not null,
    stage text not null check (stage in ('entry', 'approval', 'payout')),
    list text not null,
    version text not null,
    hit text,
    at text not null,
    primary key (refund_id, seq)
) strict;
create trigger refund_screenings_are_never_changed before update on refund_screenings
begin select raise(abort, 'screenings are append-only'); end;
create trigger refund_screenings_are_never_removed before delete on refund_screenings
begin select raise(abort, 'screenings are append-only'); end;
