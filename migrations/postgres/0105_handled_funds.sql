-- What was done about a deposit that was not credited, when and by whom. People are told of those that nobody has dealt with.
alter table payments add column handled_at timestamptz;
alter table payments add column handled_by uuid references users (id);
alter table payments add column handled_note text check ((handled_note is null) = (handled_at is null));
create index payments_unsupported_open on payments (merchant_id, created_at, id)
    where unsupported is not null and handled_at is null;
create index payments_unsupported_handled on payments (merchant_id, created_at, id)
    where unsupported is not null and handled_at is not null;
