//! The look-ups that a search consists of. Each finds rows of one table by one index, by an exact value or by its beginning.
//!
//! A beginning is a range: `>= 'abc'` and less than everything that begins with it. That needs text that is compared byte by
//! byte, which [`SearchSyntax`] ensures, and so no sign of the typed text has
//! a meaning of its own, as it would in a `like`.

use super::engine::{SearchSyntax, Value, listing::Conditions};
use crate::{
    domain::{
        customers::masking::ADDRESS_IN_TEXT_MIN,
        ids::MerchantId,
        search::{IdRange, SearchText},
    },
    values,
};
use std::borrow::Cow;

/// How many rows of one look-up are considered where a search is bounded.
pub const LOOKUP_MAX: u32 = 25;
/// How many rows with the first of several words are considered where a search is bounded.
const WORD_ROWS_MAX: u32 = 500;
/// Greater than every character that can follow a beginning.
const LAST: char = '\u{10ffff}';

/// A look-up.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    /// Selects `id`, and ends with conditions. `?` is the merchant.
    select: Cow<'static, str>,
    /// What is compared; `~` marks text.
    column: &'static str,
    wanted: Wanted,
    /// What rows with the exact value are sorted by, so that the newest are found.
    newest: &'static str,
}

#[derive(Clone, Debug)]
enum Wanted {
    Exactly(Value),
    Beginning(String),
    Between(IdRange),
    /// All of these words in one note, the last one by its beginning.
    Words {
        of: NoteWords,
        words: Vec<String>,
        is_masked: bool,
    },
}

/// A table of the words of notes.
#[derive(Clone, Copy, Debug)]
struct NoteWords {
    table: &'static str,
    /// The column of the note.
    note: &'static str,
    /// The column of what the note is about, which is found.
    subject: &'static str,
    /// Selects the text that has the word of a row.
    text: &'static str,
}

/// A refund has one note, which has no id of its own.
const OF_REFUNDS: NoteWords = NoteWords {
    table: "note_words",
    note: "refund_id",
    subject: "refund_id",
    text: "select coalesce(r.note, '') || coalesce(r.override_reason, '') from refunds r
        where r.id = note_words.refund_id",
};
const OF_INTENTS: NoteWords = NoteWords {
    table: "intent_note_words",
    note: "note_id",
    subject: "intent_id",
    text: "select intent_notes.text from intent_notes where intent_notes.id = intent_note_words.note_id",
};

impl NoteWords {
    /// The look-up of the words of a text, if it has any.
    fn look_up(self, text: &SearchText) -> Option<Lookup> {
        if text.words.is_empty() {
            return None;
        }
        let Self { table, subject, .. } = self;
        let is_masked = text.is_whole_customer;
        let shown = self.shown(is_masked);
        Some(Lookup {
            select: format!("select {subject} as id from {table} where merchant_id = ?{shown}").into(),
            column: "word",
            wanted: Wanted::Words { of: self, words: text.words.clone(), is_masked },
            newest: "created_at desc",
        })
    }

    /// The condition that whoever finds by a word also sees it in the note. `masked_text` hides e-mail addresses and
    /// addresses, which could be guessed letter by letter otherwise. An address is a long word. An e-mail address is
    /// several, which are not told from others in the table, so no word of a text with an @ is found.
    fn shown(self, is_masked: bool) -> String {
        if !is_masked {
            return String::new();
        }
        // Not as `exists`: that can become a join, which reads the text of every note.
        format!("{} and ({}) not like '%@%'", short("word", is_masked), self.text)
    }
}

/// The condition that a word is too short for an address, if addresses are masked.
fn short(word: &str, is_masked: bool) -> String {
    if is_masked { format!(" and length({word}) < {ADDRESS_IN_TEXT_MIN}") } else { String::new() }
}

impl Lookup {
    fn exactly(select: &'static str, column: &'static str, value: impl Into<Value>, newest: &'static str) -> Self {
        Self { select: select.into(), column, wanted: Wanted::Exactly(value.into()), newest }
    }

    fn beginning(select: &'static str, column: &'static str, text: &str, newest: &'static str) -> Self {
        Self { select: select.into(), column, wanted: Wanted::Beginning(text.to_owned()), newest }
    }

    /// Finds rows by the beginning of their id.
    fn between(select: &'static str, range: IdRange) -> Self {
        Self { select: select.into(), column: "id", wanted: Wanted::Between(range), newest: "id" }
    }

    /// Finds rows by an address or an e-mail address: by its beginning, unless only the whole one may be found.
    fn customer(
        select: &'static str,
        column: &'static str,
        wanted: &str,
        text: &SearchText,
        newest: &'static str,
    ) -> Self {
        if text.is_whole_customer {
            Self::exactly(select, column, wanted, newest)
        } else {
            Self::beginning(select, column, wanted, newest)
        }
    }

    /// The `select` statements of this look-up, with `?` for values. Bounded ones find the newest rows with the exact value,
    /// and the first ones that begin with it.
    fn selects(&self, merchant: MerchantId, byte_order: &str, bound: Option<u32>) -> Vec<(String, Vec<Value>)> {
        let column = self.column.replace('~', byte_order);
        let part = |condition: String, mut values: Vec<Value>, order: &str| {
            values.insert(0, merchant.into());
            let sql = format!("{} and {condition}", self.select);
            match bound {
                Some(most) => (format!("select id from ({sql} order by {order} limit {most}) as found"), values),
                None => (sql, values),
            }
        };
        match &self.wanted {
            Wanted::Exactly(value) => vec![part(format!("{column} = ?"), vec![value.clone()], self.newest)],
            Wanted::Between(IdRange { first, last }) => {
                vec![part(format!("{column} >= ? and {column} <= ?"), values![*first, *last], &column)]
            }
            Wanted::Beginning(text) => {
                let end = format!("{text}{LAST}");
                let others = |comparison: &str| {
                    let condition = format!("{column} {comparison} ? and {column} < ?");
                    part(condition, values![text, end.as_str()], &column)
                };
                match bound {
                    Some(_) => vec![part(format!("{column} = ?"), values![text], self.newest), others(">")],
                    None => vec![others(">=")],
                }
            }
            Wanted::Words { of, words, is_masked } => self.words(*of, words, *is_masked, merchant, bound),
        }
    }

    fn words(
        &self,
        of: NoteWords,
        words: &[String],
        is_masked: bool,
        merchant: MerchantId,
        bound: Option<u32>,
    ) -> Vec<(String, Vec<Value>)> {
        let Some((last, others)) = words.split_last() else { return Vec::new() };
        // The longest is probably in the fewest notes.
        let Some(first) = others.iter().max_by_key(|word| word.chars().count()) else {
            let one = Self { wanted: Wanted::Beginning(last.clone()), ..self.clone() };
            return one.selects(merchant, "", bound);
        };
        let NoteWords { table, note, subject, .. } = of;
        let shown = of.shown(is_masked);
        let most = bound.map(|_| format!(" order by created_at desc limit {WORD_ROWS_MAX}")).unwrap_or_default();
        let mut sql = format!(
            "select w.subject as id from (
                select {note} as note, {subject} as subject from {table}
                where merchant_id = ? and word = ?{shown}{most}) as w where true"
        );
        let also =
            |condition: &str| format!(" and exists (select 1 from {table} o where o.{note} = w.note and {condition})");
        let mut values = values![merchant, first];
        for word in others.iter().filter(|word| *word != first) {
            sql.push_str(&also("o.word = ?"));
            values.push(word.into());
        }
        sql.push_str(&also(&format!("o.word >= ? and o.word < ?{}", short("o.word", is_masked))));
        values.extend(values![last, format!("{last}{LAST}")]);
        match bound {
            Some(most) => vec![(format!("select id from ({sql} limit {most}) as found"), values)],
            None => vec![(sql, values)],
        }
    }
}

/// Adds the condition that a row is found by one of the look-ups. Without any, no row is found.
pub(super) fn require_found(
    conditions: &mut Conditions,
    lookups: &[Lookup],
    merchant: MerchantId,
    syntax: SearchSyntax,
    bound: Option<u32>,
) {
    let selects = lookups.iter().flat_map(|lookup| lookup.selects(merchant, syntax.byte_order, bound));
    let (statements, values): (Vec<_>, Vec<_>) = selects.unzip();
    if statements.is_empty() {
        conditions.and("1 = 0", vec![]);
    } else {
        let [before, after] = syntax.id_among;
        conditions.and(&format!("{before}{}{after}", statements.join(" union all ")), values.concat());
    }
}

/// The look-ups of refunds.
pub(super) fn of_refunds(text: &SearchText) -> Vec<Lookup> {
    const REFUNDS: &str = "select id from refunds where merchant_id = ?";
    const OF_ORDERS: &str = "select r.id from orders o join refunds r on r.intent_id = o.intent_id
        where o.merchant_id = ? and o.purchaser_email is not null";
    const WITH_REFERENCE: &str = "select r.id from orders o join refunds r on r.intent_id = o.intent_id
        where o.merchant_id = ? and o.reference <> ''";
    const BY_NUMBER: &str =
        "select r.id from payment_intents i join refunds r on r.intent_id = i.id where i.merchant_id = ?";
    const ATTEMPTS: &str = "select r.id from transfer_attempts t join refunds r on r.id = t.transfer_id
        where r.merchant_id = ?";
    let mut lookups = Vec::new();
    if let Some(range) = text.id {
        lookups.push(Lookup::between(REFUNDS, range));
        if let Some(intent) = range.whole() {
            lookups.push(Lookup::exactly(REFUNDS, "intent_id", intent, "created_at desc"));
        }
    }
    if let Some(number) = text.number {
        lookups.push(Lookup::exactly(BY_NUMBER, "i.order_number", number, "r.created_at desc"));
        lookups.push(Lookup::exactly(REFUNDS, "number", number, "number"));
    }
    for hash in &text.hashes {
        lookups.push(Lookup::beginning(REFUNDS, "lower(transaction_hash~)", hash, "created_at desc"));
        lookups.push(Lookup::beginning(ATTEMPTS, "t.hash~", hash, "r.created_at desc"));
    }
    if let Some(address) = &text.address {
        lookups.push(Lookup::customer(REFUNDS, "lower(address~)", address, text, "created_at desc"));
    }
    if let Some(email) = &text.email {
        lookups.push(Lookup::customer(REFUNDS, "customer_email~", email, text, "created_at desc"));
        let of_purchaser = Lookup::customer(OF_ORDERS, "o.purchaser_email~", email, text, "o.created_at desc");
        lookups.push(of_purchaser);
    }
    if let Some(reference) = &text.reference {
        lookups.push(Lookup::beginning(WITH_REFERENCE, "lower(o.reference~)", reference, "o.created_at desc"));
    }
    lookups.extend(OF_REFUNDS.look_up(text));
    lookups
}

/// The look-ups of payment intents.
pub(super) fn of_intents(text: &SearchText) -> Vec<Lookup> {
    const INTENTS: &str = "select id from payment_intents where merchant_id = ?";
    const PAYMENTS: &str = "select intent_id as id from payments where merchant_id = ?";
    const WITH_HASH: &str =
        "select intent_id as id from payments where merchant_id = ? and transaction_hash is not null";
    const WITH_SENDER: &str = "select intent_id as id from payments where merchant_id = ? and from_address is not null";
    const REFUNDS: &str = "select intent_id as id from refunds where merchant_id = ?";
    const ORDERS: &str = "select intent_id as id from orders
        where merchant_id = ? and intent_id is not null and purchaser_email is not null";
    const WITH_REFERENCE: &str =
        "select intent_id as id from orders where merchant_id = ? and intent_id is not null and reference <> ''";
    const METHODS: &str = "select i.id from payment_methods m join payment_intents i on i.id = m.intent_id
        where i.merchant_id = ? and m.address is not null";
    let mut lookups = Vec::new();
    if let Some(range) = text.id {
        lookups.push(Lookup::between(INTENTS, range));
        if let Some(id) = range.whole() {
            lookups.push(Lookup::exactly(PAYMENTS, "id", id, "created_at"));
            lookups.push(Lookup::exactly(REFUNDS, "id", id, "created_at"));
        }
    }
    if let Some(number) = text.number {
        lookups.push(Lookup::exactly(INTENTS, "order_number", number, "order_number"));
    }
    for hash in &text.hashes {
        lookups.push(Lookup::beginning(WITH_HASH, "lower(transaction_hash~)", hash, "created_at desc"));
        lookups.push(Lookup::beginning(REFUNDS, "lower(transaction_hash~)", hash, "created_at desc"));
    }
    if let Some(address) = &text.address {
        lookups.push(Lookup::beginning(METHODS, "lower(m.address~)", address, "i.created_at desc"));
        lookups.push(Lookup::customer(WITH_SENDER, "lower(from_address~)", address, text, "created_at desc"));
    }
    if let Some(email) = &text.email {
        lookups.push(Lookup::customer(ORDERS, "purchaser_email~", email, text, "created_at desc"));
        lookups.push(Lookup::customer(REFUNDS, "customer_email~", email, text, "created_at desc"));
    }
    if let Some(reference) = &text.reference {
        lookups.push(Lookup::beginning(WITH_REFERENCE, "lower(reference~)", reference, "created_at desc"));
    }
    lookups.extend(OF_INTENTS.look_up(text));
    lookups
}

/// The look-ups of deposits by what is theirs: the id, the transaction and the sender.
pub(super) fn of_payments(text: &SearchText) -> Vec<Lookup> {
    const PAYMENTS: &str = "select id from payments where merchant_id = ?";
    const WITH_HASH: &str = "select id from payments where merchant_id = ? and transaction_hash is not null";
    const WITH_SENDER: &str = "select id from payments where merchant_id = ? and from_address is not null";
    let mut lookups = Vec::new();
    if let Some(range) = text.id {
        lookups.push(Lookup::between(PAYMENTS, range));
    }
    for hash in &text.hashes {
        lookups.push(Lookup::beginning(WITH_HASH, "lower(transaction_hash~)", hash, "created_at desc"));
    }
    if let Some(address) = &text.address {
        lookups.push(Lookup::customer(WITH_SENDER, "lower(from_address~)", address, text, "created_at desc"));
    }
    lookups
}

/// The look-ups of deposits, also by the payment intent to whose addresses they were sent.
pub(super) fn of_payments_and_their_intents(text: &SearchText) -> Vec<Lookup> {
    const BY_NUMBER: &str =
        "select p.id from payment_intents i join payments p on p.intent_id = i.id where i.merchant_id = ?";
    const OF_ORDERS: &str = "select p.id from orders o join payments p on p.intent_id = o.intent_id
        where o.merchant_id = ? and o.purchaser_email is not null";
    const WITH_REFERENCE: &str = "select p.id from orders o join payments p on p.intent_id = o.intent_id
        where o.merchant_id = ? and o.reference <> ''";
    const METHODS: &str = "select p.id from payment_methods m
        join payments p on p.intent_id = m.intent_id and p.deposit_address = m.address
        where p.merchant_id = ? and m.address is not null";
    let mut lookups = of_payments(text);
    if let Some(intent) = text.id.and_then(IdRange::whole) {
        let select = "select id from payments where merchant_id = ?";
        lookups.push(Lookup::exactly(select, "intent_id", intent, "created_at desc"));
    }
    if let Some(number) = text.number {
        lookups.push(Lookup::exactly(BY_NUMBER, "i.order_number", number, "p.created_at desc"));
    }
    if let Some(address) = &text.address {
        lookups.push(Lookup::beginning(METHODS, "lower(m.address~)", address, "p.created_at desc"));
    }
    if let Some(email) = &text.email {
        lookups.push(Lookup::customer(OF_ORDERS, "o.purchaser_email~", email, text, "o.created_at desc"));
    }
    if let Some(reference) = &text.reference {
        lookups.push(Lookup::beginning(WITH_REFERENCE, "lower(o.reference~)", reference, "o.created_at desc"));
    }
    lookups
}
