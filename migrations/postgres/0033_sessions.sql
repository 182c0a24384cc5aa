-- Sessions can be listed and ended, and know when a code of the second factor was entered last. Those that were open end:
-- nobody knows whether a code would have been asked for.
drop table sessions;
create table sessions (
    -- SHA-256 of the cookie: a stolen database opens no session.
    token_hash text primary key,
    id uuid not null unique,
    user_id uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- From where it was begun, and with which program.
    origin text,
    user_agent text,
    -- 1 while the password was right and the code is still missing. Such a session opens nothing.
    awaits_code bigint not null,
    code_at timestamptz
);
create index sessions_expiry on sessions (expires_at);
create index sessions_by_user on sessions (user_id, created_at);

-- A person who has left cannot sign in any more.
alter table users add column disabled_at timestamptz;

-- Browsers in which somebody has signed in before. Wrong passwords from elsewhere do not lock them out.
create table known_browsers (
    -- SHA-256 of the cookie.
    token_hash text primary key,
    user_id uuid not null references users (id),
    created_at timestamptz not null,
    used_at timestamptz not null
);
create index known_browsers_by_user on known_browsers (user_id, used_at);

-- Links to choose a new password. The key signs the link, which stands in the mail alone.
create table password_resets (
    id uuid primary key,
    user_id uuid not null references users (id),
    link_key text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index password_resets_by_user on password_resets (user_id, created_at);
