-- A refund can wait for its customer, who confirms the address.
alter table refunds drop constraint refunds_status_check;
alter table refunds add constraint refunds_status_check
    check (status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing', 'completed', 'rejected'));

-- Until when the customer can confirm the address; nothing where nobody asks them.
alter table refunds add column confirm_until timestamptz;
-- By whose word it was rejected. What was rejected earlier is told from what is known of it.
alter table refunds add column rejection_type text
    check (rejection_type in ('shopper', 'compliance', 'merchant', 'processing'));
alter table refunds disable trigger refunds_final_rows_stay;
update refunds set rejection_type = case
    when rejection_reason like 'Declined by %' or rejection_reason like 'Stopped by %' then 'merchant'
    when exists (select 1 from refund_screenings s where s.refund_id = refunds.id and s.stage = 'payout' and s.hit is not null)
        then 'compliance'
    else 'processing'
end where status = 'rejected';
alter table refunds enable trigger refunds_final_rows_stay;

drop index refunds_not_final;
create index refunds_not_final on refunds (status, updated_at)
    where status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing');
create index refunds_unconfirmed on refunds (confirm_until) where status = 'awaiting_confirmation';

-- What a customer was asked and answered.
create table refund_confirmations (
    refund_id uuid primary key references refunds (id),
    -- Signs the links to the page; in the clear, because links are made anew for each mail and never stored.
    link_key text not null,
    answer text check (answer in ('confirmed', 'refused')),
    -- A hash of exactly what the customer's page showed.
    seal text,
    answered_at timestamptz
);
create function refuse_second_answer() returns trigger language plpgsql as $$
begin
    raise exception 'an answer never changes';
end $$;
create trigger refund_confirmations_are_given_once before update on refund_confirmations
    for each row when (old.answer is not null) execute function refuse_second_answer();
create trigger refund_confirmations_are_never_removed before delete on refund_confirmations
    for each row execute function refuse_change();
