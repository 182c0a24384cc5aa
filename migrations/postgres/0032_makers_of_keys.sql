-- The person who made a key and answers for what it does. The audit log knows the makers of older keys; keys made on the
-- command line have none.
alter table api_keys add column maker_id uuid references users (id);
update api_keys set maker_id = (
    select a.actor_id from audit_entries a
    where a.subject_id = api_keys.id and a.action in ('api_key.created', 'api_key.replaced') and a.actor_kind = 'user'
    order by a.at, a.id limit 1
);
