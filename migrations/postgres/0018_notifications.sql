-- Circle's notification subscriptions: endpoints that are told in Circle's envelope, once they said that they want to be.
-- The check of a column cannot be changed on both engines, so the column is made anew.
drop index webhook_endpoints_by_server;
alter table webhook_endpoints rename column form to form_before;
alter table webhook_endpoints add column form text not null default 'standard'
    check (form in ('standard', 'coingate_refund', 'coingate_order', 'circle'));
update webhook_endpoints set form = form_before;
alter table webhook_endpoints drop column form_before;
create unique index webhook_endpoints_by_server on webhook_endpoints (merchant_id, url, form)
    where form in ('coingate_refund', 'coingate_order');

-- What a subscription is to, in Circle's words.
alter table webhook_endpoints add column topic text;
-- A hash of what the link carries that confirms it, until when the link works, and when it was visited.
alter table webhook_endpoints add column confirmation_hash text;
alter table webhook_endpoints add column confirmation_until timestamptz;
alter table webhook_endpoints add column confirmed_at timestamptz;
create unique index webhook_endpoints_by_confirmation on webhook_endpoints (confirmation_hash)
    where confirmation_hash is not null;
-- Looked at with every change; of a merchant without subscriptions there is nothing in it.
create index webhook_endpoints_confirmed on webhook_endpoints (merchant_id)
    where form = 'circle' and confirmed_at is not null and deleted_at is null;
