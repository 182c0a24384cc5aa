-- With what settings each server works on a network, so that servers that share a database can tell if theirs differ.
create table server_settings (
    server text not null,
    network text not null,
    -- The name of each setting that has to be the same on all servers, and a fingerprint of its value.
    fingerprints text not null,
    -- When the server has last said that it runs.
    seen_at text not null,
    primary key (server, network)
) strict;
