-- What a shop keeps with a payment intent: names with texts, as a JSON object. It is given when the intent is created.
alter table payment_intents add column metadata text not null default '{}' check (json_valid(metadata));
