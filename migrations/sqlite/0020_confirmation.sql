-- A refund can wait for its customer, who confirms the address. SQLite cannot change a check in place, so the column is made
-- anew; whatever else the table has stays as it is.
drop view movements;
drop trigger refunds_final_rows_stay;
drop index refunds_by_status;
drop index refunds_due;
drop index refunds_not_final;
alter table refunds rename column status to status_before;
alter table refunds add column status text not null default 'pending'
    check (status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing', 'completed', 'rejected'));
update refunds set status = status_before;
alter table refunds drop column status_before;

-- Until when the customer can confirm the address; nothing where nobody asks them.
alter table refunds add column confirm_until text;
-- By whose word it was rejected. What was rejected earlier is told from what is known of it.
alter table refunds add column rejection_type text
    check (rejection_type in ('shopper', 'compliance', 'merchant', 'processing'));
update refunds set rejection_type = case
    when rejection_reason like 'Declined by %' or rejection_reason like 'Stopped by %' then 'merchant'
    when exists (select 1 from refund_screenings s where s.refund_id = refunds.id and s.stage = 'payout' and s.hit is not null)
        then 'compliance'
    else 'processing'
end where status = 'rejected';

create trigger refunds_final_rows_stay before update on refunds
when old.status in ('completed', 'rejected')
begin select raise(abort, 'a final refund never changes'); end;
create index refunds_by_status on refunds (merchant_id, status, created_at, id);
create index refunds_due on refunds (next_attempt_at) where status in ('pending', 'processing');
create index refunds_not_final on refunds (status, updated_at)
    where status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing');
create index refunds_unconfirmed on refunds (confirm_until) where status = 'awaiting_confirmation';
-- As before: Circle's one list of payments and refunds, with Circle's words for the states of a refund.
create view movements as
select id, merchant_id, case when unsupported is null then intent_id end as intent_id, 'payment' as kind, status, created_at
from payments
union all
select id, merchant_id, intent_id, 'refund' as kind,
    case status when 'completed' then 'paid' when 'rejected' then 'failed' else 'pending' end as status, created_at
from refunds;

-- What a customer was asked and answered.
create table refund_confirmations (
    refund_id text primary key references refunds (id),
    -- Signs the links to the page; in the clear, because links are made anew for each mail and never stored.
    link_key text not null,
    answer text check (answer in ('confirmed', 'refused')),
    -- A hash of exactly what the customer's page showed.
    seal text,
    answered_at text
) strict;
create trigger refund_confirmations_are_given_once before update on refund_confirmations
when old.answer is not null
begin select raise(abort, 'an answer never changes'); end;
create trigger refund_confirmations_are_never_removed before delete on refund_confirmations
begin select raise(abort, 'confirmations are never removed'); end;
