-- Callbacks in CoinGate's form. They have no endpoint that somebody made: there is one for each server that is called, which
-- only keeps its share of what is on its way.
alter table webhook_endpoints add column form text not null default 'standard'
    check (form in ('standard', 'coingate_refund', 'coingate_order'));
create unique index webhook_endpoints_by_server on webhook_endpoints (merchant_id, url, form) where form <> 'standard';

-- Where exactly, and what is told, when the event and the endpoint do not say it.
alter table webhook_deliveries add column url text;
alter table webhook_deliveries add column body text;

alter table refunds add column callback_url text;
-- What was last told of an order, so that a change is told once.
alter table orders add column told_status text;
