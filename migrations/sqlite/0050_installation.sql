-- What the data of this database is: a sandbox's, or real money. Recorded at the first start of a server and never changed.
create table installation (
    id integer primary key check (id = 1),
    mode text not null check (mode in ('sandbox', 'production'))
) strict;
-- Until now every payment, transfer and balance was simulated. A database without any becomes what it is next started as.
insert into installation (id, mode)
select 1, 'sandbox'
where exists (select 1 from sandbox_transfers)
    or exists (select 1 from payments)
    or exists (select 1 from ledger_transactions where movement = 'sandbox_funding');

-- The chain that each network name has stood for.
create table installation_networks (
    network text primary key,
    chain_id integer not null check (chain_id > 0)
) strict;

-- The list of deposit addresses, which is read by index.
create index payment_methods_by_index on payment_methods (address_index) where address_index is not null;
