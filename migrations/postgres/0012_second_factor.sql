-- A person's second factor. The secret is kept readable: to know which code is right now, the server has to compute it from
-- the secret itself, so no hash would do. Encrypting it with a key that lies beside the database would protect it from nobody
-- who can read both; whoever reads the database still needs the person's password, of which there is only a hash.
create table second_factors (
    user_id uuid primary key references users (id),
    secret text not null,
    created_at timestamptz not null,
    -- Until a right code has confirmed it, it counts nowhere.
    confirmed_at timestamptz,
    -- The time step of the newest code that was accepted. Only codes of later steps are, so that none is good twice.
    last_step bigint not null
);

-- Recovery codes, as SHA-256 only. Each is good once.
create table recovery_codes (
    user_id uuid not null references users (id),
    code_hash text not null,
    created_at timestamptz not null,
    used_at timestamptz,
    primary key (user_id, code_hash)
);
