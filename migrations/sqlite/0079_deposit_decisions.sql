-- A payment can be written off, arrive again, be recovered and be removed once more. Each time that it is written off is a
-- decision, which the ledger transactions of the writing off and of the recovery are about.
create table deposit_decisions (
    id text primary key,
    payment_id text not null references payments (id),
    number integer not null,
    unique (payment_id, number)
) strict;

-- Until now the ledger transactions were about the payment itself.
insert into deposit_decisions (id, payment_id, number)
select subject_id, subject_id, 1 from ledger_transactions where movement = 'deposit_written_off';
