-- What the open refunds of a network need is added up for every answer about a refund there.
create index refunds_open_by_network on refunds (network)
    where status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing');
-- Whether an account holds too little for the network's fee.
create index transfers_awaiting_gas on transfers (network, sender) where held_reason = 'awaiting_gas';
