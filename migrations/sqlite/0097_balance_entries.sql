-- The changes of each available balance, numbered without gaps in the order in which they were booked, with the balance after
-- each. A page of a statement is a range of numbers.
create table balance_entries (
    merchant_id text not null references merchants (id),
    -- Its place among the entries of all balances of the merchant, and among those of its own.
    number integer not null,
    currency text not null,
    currency_number integer not null,
    transaction_id text not null,
    seq integer not null,
    -- That of its transaction: the entries of one kind are a range of an index too.
    movement text not null,
    -- When it was booked; never before the entry in front of it.
    at text not null,
    -- The balance after it.
    closing text not null,
    primary key (merchant_id, number),
    unique (merchant_id, currency, currency_number),
    unique (transaction_id, seq),
    foreign key (transaction_id, seq) references ledger_postings (transaction_id, seq)
) strict;
create index balance_entries_by_time on balance_entries (merchant_id, at, number);
create index balance_entries_of_currency_by_time on balance_entries (merchant_id, currency, at, currency_number);
create index balance_entries_of_movement on balance_entries (merchant_id, currency, movement, currency_number);

-- Those from before, in the order in which they were listed. SQLite would add amounts as floats: the whole numbers and both
-- halves of the decimals are added as integers, carried, and written as one number again. Two bookings at once may stand in
-- another order than they were made in, so that the balance between them is below zero.
insert into balance_entries
    (merchant_id, number, currency, currency_number, transaction_id, seq, movement, at, closing)
with amounts as (
    select p.merchant_id, p.currency, p.transaction_id, p.seq, t.movement, t.at,
        case when p.amount like '-%' then -1 else 1 end as sign, ltrim(p.amount, '-') as digits
    from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
    where p.kind = 'available'
), sums as (
    select merchant_id, currency, transaction_id, seq, movement, at,
        row_number() over (partition by merchant_id order by at, transaction_id, seq) as number,
        row_number() over balance as currency_number,
        sum(sign * cast(substr(digits, 1, length(digits) - 19) as integer)) over balance as whole,
        sum(sign * cast(substr(digits, -18, 9) as integer)) over balance as high,
        sum(sign * cast(substr(digits, -9) as integer)) over balance as low
    from amounts
    window balance as (partition by merchant_id, currency order by at, transaction_id, seq
        rows between unbounded preceding and current row)
), carried_once as (
    select merchant_id, currency, transaction_id, seq, movement, at, number, currency_number,
        whole, high + low / 1000000000 as high, low % 1000000000 as low
    from sums
), carried as (
    select merchant_id, currency, transaction_id, seq, movement, at, number, currency_number,
        whole + high / 1000000000 as whole, high % 1000000000 as high, low
    from carried_once
), signs as (
    select carried.*,
        case when whole < 0 or (whole = 0 and (high < 0 or (high = 0 and low < 0))) then -1 else 1 end as sign
    from carried
), magnitudes as (
    select merchant_id, currency, transaction_id, seq, movement, at, number, currency_number, sign,
        sign * whole as whole, sign * high - (sign * low < 0) as high,
        sign * low + 1000000000 * (sign * low < 0) as low
    from signs
)
select merchant_id, number, currency, currency_number, transaction_id, seq, movement, at,
    printf('%s%010d.%09d%09d', case when sign < 0 then '-' else '' end, whole - (high < 0),
        high + 1000000000 * (high < 0), low)
from magnitudes;

create trigger balance_entries_are_never_changed before update on balance_entries
begin select raise(abort, 'entries of balances are append-only'); end;
create trigger balance_entries_are_never_removed before delete on balance_entries
begin select raise(abort, 'entries of balances are append-only'); end;
