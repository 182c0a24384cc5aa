-- Owners are also told when a network is stopped.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('low_float', 'refunds_wait', 'payouts_paused',
    'unexplained_transfer', 'network_stopped'));
