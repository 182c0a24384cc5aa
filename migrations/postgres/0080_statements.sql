-- Monthly statements: what movements were worth, and months that are closed.

-- The price of the currency that a booking moved, as it was then.
create table ledger_rates (
    transaction_id uuid primary key references ledger_transactions (id),
    -- US dollars for one unit.
    price numeric(28, 18) not null,
    source text not null,
    price_at timestamptz not null
);
create trigger ledger_rates_are_never_changed before update or delete on ledger_rates
    for each row execute function refuse_change();
-- The newest bookings, for which a rate is kept.
create index ledger_transactions_by_newest on ledger_transactions (at);

-- Nothing is booked before closed_until. Every booking reads the row and keeps it from changing until it is committed, so
-- that whoever closes a month waits for all bookings in it.
create table ledger_periods (
    merchant_id uuid primary key references merchants (id),
    closed_until timestamptz
);
insert into ledger_periods (merchant_id) select id from merchants;
create function refuse_reopening() returns trigger language plpgsql as $$
begin
    raise exception 'a closed month is never opened again';
end $$;
create trigger ledger_periods_stay_closed before update on ledger_periods
    for each row when (old.closed_until is not null
        and (new.closed_until is null or new.closed_until < old.closed_until))
    execute function refuse_reopening();
create trigger ledger_periods_are_never_removed before delete on ledger_periods
    for each row execute function refuse_reopening();

create table closed_months (
    merchant_id uuid not null references merchants (id),
    -- As 2026-11, from the first moment in UTC until before the first moment of the next month.
    month text not null,
    -- How many bookings it has, and the last of them.
    bookings bigint not null,
    last_transaction_id uuid references ledger_transactions (id),
    closed_by uuid,
    closed_by_name text not null,
    closed_at timestamptz not null,
    primary key (merchant_id, month)
);
create table closed_month_totals (
    merchant_id uuid not null,
    month text not null,
    currency text not null,
    -- Available and reserved together.
    opening numeric(28, 18) not null,
    received numeric(38, 18) not null,
    paid numeric(38, 18) not null,
    fees numeric(38, 18) not null,
    closing numeric(28, 18) not null,
    movements bigint not null,
    primary key (merchant_id, month, currency),
    foreign key (merchant_id, month) references closed_months (merchant_id, month)
);
create trigger closed_months_are_never_changed before update or delete on closed_months
    for each row execute function refuse_change();
create trigger closed_month_totals_are_never_changed before update or delete on closed_month_totals
    for each row execute function refuse_change();

-- What a closed month consists of stays as it is, whatever a program does.
create function refuse_booking_in_closed_month() returns trigger language plpgsql as $$
begin
    if exists (select 1 from ledger_periods p where p.merchant_id = new.merchant_id and p.closed_until > new.at) then
        raise exception 'the month is closed';
    end if;
    return new;
end $$;
create trigger ledger_transactions_in_open_months before insert on ledger_transactions
    for each row execute function refuse_booking_in_closed_month();
create function refuse_part_of_closed_month() returns trigger language plpgsql as $$
begin
    if exists (select 1 from ledger_transactions t join ledger_periods p on p.merchant_id = t.merchant_id
        where t.id = new.transaction_id and p.closed_until > t.at) then
        raise exception 'the month is closed';
    end if;
    return new;
end $$;
create trigger ledger_postings_in_open_months before insert on ledger_postings
    for each row execute function refuse_part_of_closed_month();
create trigger ledger_rates_in_open_months before insert on ledger_rates
    for each row execute function refuse_part_of_closed_month();
