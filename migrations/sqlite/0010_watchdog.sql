-- What was overdue and has been told of, once for each state of a thing.
create table overdue_notices (
    subject_id text not null,
    matter text not null,
    at text not null,
    primary key (subject_id, matter)
) strict, without rowid;
create index refunds_not_final on refunds (status, updated_at) where status in ('awaiting_approval', 'pending', 'processing');
create index payments_not_final on payments (created_at) where status = 'pending';
