-- The currency of a merchant's books: in which the worth of movements is kept. Without a row it is US dollars.
create table house_currencies (
    merchant_id text not null references merchants (id),
    -- The first moment of the month from which it counts.
    since text not null,
    currency text not null,
    primary key (merchant_id, since)
) strict;
-- From now on the price of a row of ledger_rates is in the currency of the books in the month of its booking. So that of a month
-- stays as it is as soon as something is booked in it.
create trigger house_currencies_begin_with_their_month before insert on house_currencies
when exists (select 1 from ledger_transactions t where t.merchant_id = new.merchant_id and t.at >= new.since)
begin select raise(abort, 'something was booked in the month'); end;
create trigger house_currencies_stay before update on house_currencies
when old.merchant_id <> new.merchant_id or old.since <> new.since
    or exists (select 1 from ledger_transactions t where t.merchant_id = old.merchant_id and t.at >= old.since)
begin select raise(abort, 'something was booked in the month'); end;
create trigger house_currencies_are_never_removed before delete on house_currencies
begin select raise(abort, 'currencies of the books are never removed'); end;

-- The list of refunds that anybody has begun and not finished.
create index refund_drafts_unfinished on refund_drafts (merchant_id, created_at, id) where refund_id is null;
