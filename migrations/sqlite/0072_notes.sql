-- What members of the team write about a payment intent for each other. Only inserted. They are not in the audit log, which
-- keeps everything for ever: a note may have to be removed for a customer's sake.
create table intent_notes (
    id text primary key,
    intent_id text not null references payment_intents (id),
    author_id text not null references users (id),
    text text not null,
    created_at text not null
) strict;
create index intent_notes_by_intent on intent_notes (intent_id, created_at, id);
