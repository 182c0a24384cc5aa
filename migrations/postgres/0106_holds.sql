-- The refunds that reserve something of a balance are listed on its page, the ones that do so the longest first.
create index refunds_open_by_balance on refunds (merchant_id, funding_currency, created_at, id)
    where status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing');
