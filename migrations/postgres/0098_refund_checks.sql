-- What each rule said about a refund when it was created. The texts have an id and values, so that each reader gets them in
-- their language. Refunds from before have no rows here.
create table refund_checks (
    refund_id uuid not null references refunds (id),
    seq bigint not null,
    rule text not null,
    outcome text not null check (outcome in ('passed', 'not_checked', 'warned', 'overridden')),
    said text not null,
    primary key (refund_id, seq)
);
create trigger refund_checks_are_never_changed before update or delete on refund_checks
    for each row execute function refuse_change();
