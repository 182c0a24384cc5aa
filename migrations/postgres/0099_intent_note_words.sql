-- The words of colleagues' notes about payment intents, in small letters, so that a search finds them as it finds the notes
-- of refunds. Rows are written with the note and never change. They go with it: a note may have to be removed for a
-- customer's sake, and its words could name them.
create table intent_note_words (
    note_id uuid not null references intent_notes (id) on delete cascade,
    word text collate "C" not null,
    merchant_id uuid not null references merchants (id),
    -- That of the note, so that the newest are found first.
    created_at timestamptz not null,
    intent_id uuid not null references payment_intents (id),
    primary key (note_id, word)
);
create index intent_note_words_by_word on intent_note_words (merchant_id, word, created_at, note_id, intent_id);

insert into intent_note_words (note_id, word, merchant_id, created_at, intent_id)
select distinct n.id, left(w.word, 40), i.merchant_id, n.created_at, n.intent_id
from intent_notes n
join payment_intents i on i.id = n.intent_id
cross join lateral regexp_split_to_table(lower(n.text), '[^[:alnum:]]+') as w (word)
where char_length(w.word) > 1;
