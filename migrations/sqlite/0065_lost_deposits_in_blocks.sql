-- Whether a lost deposit was seen in a block again. It stays lost until the nodes agree about that.
alter table chain_deposits add column is_back integer not null default 0 check (is_back in (0, 1));
