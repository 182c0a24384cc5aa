-- Monthly statements: what movements were worth, and months that are closed.

-- The price of the currency that a booking moved, as it was then.
create table ledger_rates (
    transaction_id text primary key references ledger_transactions (id),
    -- US dollars for one unit.
    price text not null,
    source text not null,
    price_at text not null
) strict;
create trigger ledger_rates_are_never_changed before update on ledger_rates
begin select raise(abort, 'rates of the ledger are append-only'); end;
create trigger ledger_rates_are_never_removed before delete on ledger_rates
begin select raise(abort, 'rates of the ledger are append-only'); end;
-- The newest bookings, for which a rate is kept.
create index ledger_transactions_by_newest on ledger_transactions (at);

-- Nothing is booked before closed_until. Every booking reads the row and keeps it from changing until it is committed, so
-- that whoever closes a month waits for all bookings in it.
create table ledger_periods (
    merchant_id text primary key references merchants (id),
    closed_until text
) strict;
insert into ledger_periods (merchant_id) select id from merchants;
create trigger ledger_periods_stay_closed before update on ledger_periods
when old.closed_until is not null and (new.closed_until is null or new.closed_until < old.closed_until)
begin select raise(abort, 'a closed month is never opened again'); end;
create trigger ledger_periods_are_never_removed before delete on ledger_periods
begin select raise(abort, 'a closed month is never opened again'); end;

create table closed_months (
    merchant_id text not null references merchants (id),
    -- As 2026-11, from the first moment in UTC until before the first moment of the next month.
    month text not null,
    -- How many bookings it has, and the last of them.
    bookings integer not null,
    last_transaction_id text references ledger_transactions (id),
    closed_by text,
    closed_by_name text not null,
    closed_at text not null,
    primary key (merchant_id, month)
) strict;
create table closed_month_totals (
    merchant_id text not null,
    month text not null,
    currency text not null,
    -- Available and reserved together.
    opening text not null,
    received text not null,
    paid text not null,
    fees text not null,
    closing text not null,
    movements integer not null,
    primary key (merchant_id, month, currency),
    foreign key (merchant_id, month) references closed_months (merchant_id, month)
) strict;
create trigger closed_months_are_never_changed before update on closed_months
begin select raise(abort, 'closed months are append-only'); end;
create trigger closed_months_are_never_removed before delete on closed_months
begin select raise(abort, 'closed months are append-only'); end;
create trigger closed_month_totals_are_never_changed before update on closed_month_totals
begin select raise(abort, 'closed months are append-only'); end;
create trigger closed_month_totals_are_never_removed before delete on closed_month_totals
begin select raise(abort, 'closed months are append-only'); end;

-- What a closed month consists of stays as it is, whatever a program does.
create trigger ledger_transactions_in_open_months before insert on ledger_transactions
when exists (select 1 from ledger_periods p where p.merchant_id = new.merchant_id and p.closed_until > new.at)
begin select raise(abort, 'the month is closed'); end;
create trigger ledger_postings_in_open_months before insert on ledger_postings
when exists (select 1 from ledger_transactions t join ledger_periods p on p.merchant_id = t.merchant_id
    where t.id = new.transaction_id and p.closed_until > t.at)
begin select raise(abort, 'the month is closed'); end;
create trigger ledger_rates_in_open_months before insert on ledger_rates
when exists (select 1 from ledger_transactions t join ledger_periods p on p.merchant_id = t.merchant_id
    where t.id = new.transaction_id and p.closed_until > t.at)
begin select raise(abort, 'the month is closed'); end;
