-- The last block in which coin that contracts send was not looked for. All from the first one on are read again as soon as a
-- node can execute them. So far the last one was not noted, so that those are read again too that were looked at since.
alter table chain_cursors add column untraced_to bigint;
update chain_cursors set untraced_to = case when height > untraced_from then height else untraced_from end
    where untraced_from is not null;

-- What arrived without a reason and is worth less than any deposit that is credited. Anybody can send thousands of it, so it
-- is added up and nobody has to explain it. What arrived before stays to be explained.
alter table own_movements add column is_dust bigint not null default 0 check (is_dust in (0, 1));
drop index own_movements_open;
create index own_movements_open on own_movements (network, found_at, id)
    where kind in ('not_given_out', 'unknown', 'difference') and removed_at is null and is_dust = 0;
create index own_movements_dust on own_movements (found_at) where is_dust = 1;
