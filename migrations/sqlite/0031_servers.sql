-- The server that leased a row, so that it can take the row back when it starts again after a crash.
alter table refunds add column leased_by text;
alter table webhook_deliveries add column leased_by text;
alter table mail_outbox add column leased_by text;

-- One row, written to find out whether the database can be written.
create table writer_probe (
    id integer primary key check (id = 1),
    at text not null
) strict;
