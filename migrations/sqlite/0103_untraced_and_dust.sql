-- Blocks in a row in which coin that contracts send was not looked for: no node would execute them again. They are read once more
-- as soon as one does. So far only the first of them was noted, and nothing was done about those since, of which most were read.
-- They stay as they are: what contracts sent in them was a difference of the books. `untraced_from` is written by servers of an
-- older version only, that run while this one begins.
create table untraced_blocks (
    network text not null references chain_cursors (network),
    first_height integer not null check (first_height >= 0),
    last_height integer not null,
    primary key (network, first_height),
    check (last_height >= first_height)
) strict;
update chain_cursors set untraced_from = null;

-- What arrived without a reason and is worth less than any deposit that is credited. Anybody can send thousands of it, so it
-- is added up and nobody has to explain it. What arrived before stays to be explained.
alter table own_movements add column is_dust integer not null default 0 check (is_dust in (0, 1));
drop index own_movements_open;
create index own_movements_open on own_movements (network, found_at, id)
    where kind in ('not_given_out', 'unknown', 'difference') and removed_at is null and is_dust = 0;
create index own_movements_dust on own_movements (found_at) where is_dust = 1;
