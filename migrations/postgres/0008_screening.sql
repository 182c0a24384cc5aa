-- Addresses that must not be paid. The newest list counts; older ones stay, because records name them.
create table deny_lists (
    id uuid primary key,
    name text not null,
    version text not null,
    -- The day that the list itself names.
    dated text not null,
    imported_at timestamptz not null,
    entries bigint not null
);
create table deny_list_entries (
    list_id uuid not null references deny_lists (id),
    address text not null,
    reason text not null,
    primary key (list_id, address)
);

-- What was said of a refund's address, when, and by which version of which list.
create table refund_screenings (
    refund_id uuid not null references refunds (id),
    seq bigint not null,
    stage text not null check (stage in ('entry', 'approval', 'payout')),
    list text not null,
    version text not null,
    hit text,
    at timestamptz not null,
    primary key (refund_id, seq)
);
create trigger refund_screenings_are_never_changed before update or delete on refund_screenings
    for each row execute function refuse_change();
