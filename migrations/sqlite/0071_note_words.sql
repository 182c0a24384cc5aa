-- The words of the notes of refunds and of the reasons for overriding warnings, in small letters, so that a search finds
-- them. A refund without a note writes nothing here; one with a note writes a row and two index entries for each word, at
-- most a hundred. Rows are written with the refund and never change, as its note does not either.
create table note_words (
    refund_id text not null references refunds (id),
    word text not null,
    merchant_id text not null references merchants (id),
    -- That of the refund, so that the newest are found first.
    created_at text not null,
    primary key (refund_id, word)
) strict;
create index note_words_by_word on note_words (merchant_id, word, created_at, refund_id);

-- Notes from before, split at spaces after the usual signs were replaced by spaces. This engine knows no other small letters
-- than ASCII's: of older notes, a word with another capital letter is not found.
insert or ignore into note_words (refund_id, word, merchant_id, created_at)
with recursive
    notes (id, merchant_id, created_at, text) as (
        select id, merchant_id, created_at,
            lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                coalesce(note, '') || ' ' || coalesce(override_reason, ''),
                char(10), ' '), char(13), ' '), char(9), ' '), '.', ' '), ',', ' '), ';', ' '), ':', ' '), '!', ' '), '?', ' '),
                '(', ' '), ')', ' '), '"', ' '), '-', ' '), '/', ' ')) || ' '
        from refunds
        where note is not null or override_reason is not null
    ),
    parts (id, merchant_id, created_at, word, rest) as (
        select id, merchant_id, created_at, '', text from notes
        union all
        select id, merchant_id, created_at, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        from parts where rest <> ''
    )
select id, substr(word, 1, 40), merchant_id, created_at from parts where length(word) > 1;
