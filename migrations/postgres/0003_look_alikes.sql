-- Addresses that a person would take for each other share this: four characters after the fixed start, and the last four,
-- in small letters (Address::glance).
alter table refunds add column address_glance text;
update refunds set address_glance = lower(case
    when address like '0x%' then substr(address, 3, 4)
    when address like 'bc1q%' or address like 'bc1p%' then substr(address, 5, 4)
    else substr(address, 1, 4) end || right(address, 4));
create index refunds_by_glance on refunds (merchant_id, address_glance);
-- Why a refund to an address that looks like another one was made all the same.
alter table refunds add column override_reason text;
alter table refund_drafts add column override_reason text not null default '';
