-- A person's second factor. The secret is kept readable: to know which code is right now, the server has to compute it from
-- the secret itself, so no hash would do. Encrypting it with a key that lies beside the database would protect it from nobody
-- who can read both; whoever reads the database still needs the person's password, of which there is only a hash.
create table second_factors (
    user_id text primary key references users (id),
    secret text not null,
    created_at text not null,
    -- Until a right code has confirmed it, it counts nowhere.
    confirmed_at text,
    -- The time step of the newest code that was accepted. Only codes of later steps are, so that none is good twice.
    last_step integer not null
) strict;

-- Recovery codes, as SHA-256 only. Each is good once.
create table recovery_codes (
    user_id text not null references users (id),
    code_hash text not null,
    created_at text not null,
    used_at text,
    primary key (user_id, code_hash)
) strict;
