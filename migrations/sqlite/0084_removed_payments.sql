-- Refunds that are completed by transactions in final blocks which their network has removed. The row goes when the
-- transaction is in a final block again. If it has failed there, the refund was not paid, and a person has to explain it.
create table removed_payments (
    transfer_id text primary key references transfers (id),
    removed_at text not null,
    failed_at text
) strict;
