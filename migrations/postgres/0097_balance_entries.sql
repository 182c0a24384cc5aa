-- The changes of each available balance, numbered without gaps in the order in which they were booked, with the balance after
-- each. A page of a statement is a range of numbers.
create table balance_entries (
    merchant_id uuid not null references merchants (id),
    -- Its place among the entries of all balances of the merchant, and among those of its own.
    number bigint not null,
    currency text not null,
    currency_number bigint not null,
    transaction_id uuid not null,
    seq bigint not null,
    -- When it was booked; never before the entry in front of it.
    at timestamptz not null,
    -- The balance after it.
    closing numeric(28, 18) not null,
    primary key (merchant_id, number),
    unique (merchant_id, currency, currency_number),
    unique (transaction_id, seq),
    foreign key (transaction_id, seq) references ledger_postings (transaction_id, seq)
);
create index balance_entries_by_time on balance_entries (merchant_id, at, number);
create index balance_entries_of_currency_by_time on balance_entries (merchant_id, currency, at, currency_number);

-- Those from before, in the order in which they were listed.
insert into balance_entries (merchant_id, number, currency, currency_number, transaction_id, seq, at, closing)
select p.merchant_id, row_number() over (partition by p.merchant_id order by t.at, t.id, p.seq), p.currency,
    row_number() over balance, p.transaction_id, p.seq, t.at, sum(p.amount) over balance
from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
where p.kind = 'available'
window balance as (partition by p.merchant_id, p.currency order by t.at, t.id, p.seq
    rows between unbounded preceding and current row);

create trigger balance_entries_are_never_changed before update or delete on balance_entries
    for each row execute function refuse_change();
