-- The last block in which coin that contracts send was not looked for. All from the first one on are read again as soon as a
-- node can execute them. So far the last one was not noted, so that those are read again too that were looked at since.
alter table chain_cursors add column untraced_to integer;
update chain_cursors set untraced_to = case when height > untraced_from then height else untraced_from end
    where untraced_from is not null;
