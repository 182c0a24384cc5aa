-- Customers are also told how a refund ended.
alter table mail_outbox add column occasion text not null default 'confirmation'
    check (occasion in ('confirmation', 'completed', 'rejected'));
