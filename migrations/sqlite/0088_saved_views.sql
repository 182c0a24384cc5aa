-- What people look at often: the filters, the order and the columns of a list, under a name. At most some hundred rows for
-- each merchant, so reading a list of them needs one index.
create table saved_views (
    id text primary key,
    merchant_id text not null references merchants (id),
    -- Whose it is; null for one that everybody in the team sees.
    user_id text references users (id),
    list text not null,
    name text not null,
    -- As in the address of the list.
    query text not null,
    created_at text not null,
    updated_at text not null
) strict;
create index saved_views_of_list on saved_views (merchant_id, list);
create unique index saved_views_of_user on saved_views (user_id, list, name) where user_id is not null;
create unique index saved_views_of_team on saved_views (merchant_id, list, name) where user_id is null;
