-- Whether a deposit whose block was removed was seen in a block again. A lost one stays lost until the nodes agree about
-- that; so does the credit of one that was removed.
alter table chain_deposits add column is_back integer not null default 0 check (is_back in (0, 1));
