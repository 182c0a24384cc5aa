-- The page on which a customer pays an order. Its id is all that one has to know to see it, so it is random through and through,
-- unlike others, which begin with a time.
alter table orders add column page_id text;
update orders set page_id = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'
    || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));
create unique index orders_by_page on orders (page_id);

-- Orders whose time to choose a coin may be over; also what `told_status` means for those that nobody asked to be told of.
create index orders_without_coin on orders (expires_at) where intent_id is null and told_status is null;

-- Orders are looked for by when they were paid.
create index intent_timeline_of_complete on intent_timeline (intent_id, at) where status = 'complete';
