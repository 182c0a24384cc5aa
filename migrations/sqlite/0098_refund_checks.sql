-- What each rule said about a refund when it was created. The texts have an id and values, so that each reader gets them in
-- their language. Refunds from before have no rows here.
create table refund_checks (
    refund_id text not null references refunds (id),
    seq integer not null,
    rule text not null,
    outcome text not null check (outcome in ('passed', 'not_checked', 'warned', 'overridden')),
    said text not null,
    primary key (refund_id, seq)
) strict, without rowid;
create trigger refund_checks_are_never_changed before update on refund_checks
begin select raise(abort, 'checks are append-only'); end;
create trigger refund_checks_are_never_removed before delete on refund_checks
begin select raise(abort, 'checks are append-only'); end;
