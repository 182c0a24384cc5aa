-- The words of colleagues' notes about payment intents, in small letters, so that a search finds them as it finds the notes
-- of refunds. Rows are written with the note and never change. They go with it: a note may have to be removed for a
-- customer's sake, and its words could name them.
create table intent_note_words (
    note_id text not null references intent_notes (id) on delete cascade,
    word text not null,
    merchant_id text not null references merchants (id),
    -- That of the note, so that the newest are found first.
    created_at text not null,
    intent_id text not null references payment_intents (id),
    primary key (note_id, word)
) strict;
create index intent_note_words_by_word on intent_note_words (merchant_id, word, created_at, note_id, intent_id);

-- Notes from before, split as in 0071: of older notes, a word with another capital letter than ASCII's is not found.
insert or ignore into intent_note_words (note_id, word, merchant_id, created_at, intent_id)
with recursive
    notes (id, merchant_id, created_at, intent_id, text) as (
        select n.id, i.merchant_id, n.created_at, n.intent_id,
            lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                n.text,
                char(10), ' '), char(13), ' '), char(9), ' '), '.', ' '), ',', ' '), ';', ' '), ':', ' '), '!', ' '), '?', ' '),
                '(', ' '), ')', ' '), '"', ' '), '-', ' '), '/', ' ')) || ' '
        from intent_notes n
        join payment_intents i on i.id = n.intent_id
    ),
    parts (id, merchant_id, created_at, intent_id, word, rest) as (
        select id, merchant_id, created_at, intent_id, '', text from notes
        union all
        select id, merchant_id, created_at, intent_id,
            substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        from parts where rest <> ''
    )
select id, substr(word, 1, 40), merchant_id, created_at, intent_id from parts where length(word) > 1;
