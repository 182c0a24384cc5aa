-- What a key is good for, from where it may be used, and until when. Keys from before could do all of this, from everywhere.
alter table api_keys add column scopes text not null default 'read payment refund admin';
alter table api_keys add column addresses text not null default '';
-- When a key that was replaced stops.
alter table api_keys add column expires_at timestamptz;
alter table api_keys add column created_by text not null default 'the command line';
-- The key whose place it took.
alter table api_keys add column replaces uuid references api_keys (id);
