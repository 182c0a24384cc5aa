-- Bookings wait until this has ended: one that was made meanwhile would be in no statement. Who reads does not wait.
lock table ledger_postings in share row exclusive mode;

-- The changes of each available balance, numbered without gaps in the order in which they were booked, with the balance after
-- each. A page of a statement is a range of numbers. Keys and indexes follow the rows: that is much faster.
create table balance_entries (
    merchant_id uuid not null,
    -- Its place among the entries of all balances of the merchant, and among those of its own.
    number bigint not null,
    currency text not null,
    currency_number bigint not null,
    transaction_id uuid not null,
    seq bigint not null,
    -- That of its transaction: the entries of one kind are a range of an index too.
    movement text not null,
    -- When it was booked; never before the entry in front of it.
    at timestamptz not null,
    -- The balance after it.
    closing numeric(28, 18) not null
);

-- Those from before, in the order in which they were listed.
insert into balance_entries
    (merchant_id, number, currency, currency_number, transaction_id, seq, movement, at, closing)
select p.merchant_id, row_number() over (partition by p.merchant_id order by t.at, t.id, p.seq), p.currency,
    row_number() over balance, p.transaction_id, p.seq, t.movement, t.at, sum(p.amount) over balance
from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
where p.kind = 'available'
window balance as (partition by p.merchant_id, p.currency order by t.at, t.id, p.seq
    rows between unbounded preceding and current row);

alter table balance_entries add primary key (merchant_id, number);
alter table balance_entries add unique (merchant_id, currency, currency_number);
alter table balance_entries add unique (transaction_id, seq);
alter table balance_entries add foreign key (merchant_id) references merchants (id);
alter table balance_entries add foreign key (transaction_id, seq) references ledger_postings (transaction_id, seq);
create index balance_entries_by_time on balance_entries (merchant_id, at, number);
create index balance_entries_of_currency_by_time on balance_entries (merchant_id, currency, at, currency_number);
create index balance_entries_of_movement on balance_entries (merchant_id, currency, movement, currency_number);

create trigger balance_entries_are_never_changed before update or delete on balance_entries
    for each row execute function refuse_change();

-- A server of the version before books without entries, and what it has booked would be in no statement for ever. It is refused
-- when it is committed, so that another server books it later.
create function refuse_posting_without_entry() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from balance_entries where transaction_id = new.transaction_id and seq = new.seq) then
        raise exception 'posting % of ledger transaction % has no entry of its balance', new.seq, new.transaction_id
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger available_postings_have_entries after insert on ledger_postings
    deferrable initially deferred
    for each row when (new.kind = 'available') execute function refuse_posting_without_entry();
