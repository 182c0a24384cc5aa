-- The words of the notes of refunds and of the reasons for overriding warnings, in small letters, so that a search finds
-- them. A refund without a note writes nothing here; one with a note writes a row and two index entries for each word, at
-- most a hundred. Rows are written with the refund and never change, as its note does not either.
create table note_words (
    refund_id uuid not null references refunds (id),
    word text collate "C" not null,
    merchant_id uuid not null references merchants (id),
    -- That of the refund, so that the newest are found first.
    created_at timestamptz not null,
    primary key (refund_id, word)
);
create index note_words_by_word on note_words (merchant_id, word, created_at, refund_id);

insert into note_words (refund_id, word, merchant_id, created_at)
select distinct r.id, left(w.word, 40), r.merchant_id, r.created_at
from refunds r
cross join lateral regexp_split_to_table(lower(concat_ws(' ', r.note, r.override_reason)), '[^[:alnum:]]+') as w (word)
where char_length(w.word) > 1;
