-- The currency of a merchant's books: in which the worth of movements is kept. Without a row it is US dollars.
create table house_currencies (
    merchant_id uuid not null references merchants (id),
    -- The first moment of the month from which it counts.
    since timestamptz not null,
    currency text not null,
    primary key (merchant_id, since)
);
-- From now on the price of a row of ledger_rates is in the currency of the books in the month of its booking. So that of a month
-- stays as it is as soon as something is booked in it.
create function refuse_house_currency_of_booked_month() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.merchant_id <> new.merchant_id or old.since <> new.since then
            raise exception 'the month of a currency of the books is never changed';
        end if;
    end if;
    if exists (select 1 from ledger_transactions t where t.merchant_id = new.merchant_id and t.at >= new.since) then
        raise exception 'something was booked in the month';
    end if;
    return new;
end $$;
create trigger house_currencies_begin_with_their_month before insert or update on house_currencies
    for each row execute function refuse_house_currency_of_booked_month();
create trigger house_currencies_are_never_removed before delete on house_currencies
    for each row execute function refuse_change();

-- The list of refunds that anybody has begun and not finished.
create index refund_drafts_unfinished on refund_drafts (merchant_id, created_at, id) where refund_id is null;
