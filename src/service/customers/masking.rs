//! What an actor sees of customers' e-mail addresses and addresses. Every use case that returns records to people passes them
//! through here, so that nothing above the services has more than its reader may see.

use crate::{
    domain::{
        customers::{
            CustomerField, CustomerKey, CustomerRecord, CustomerValue,
            masking::{ELLIPSIS, mask_facts, masked_address, masked_email, masked_stored, masked_text, masked_url},
        },
        error::ErrorText,
        ids::RefundId,
        intents::{
            order::{ListedOrder, Order},
            payment::{HandledFunds, Payment},
            payment_intent::PaymentIntent,
        },
        mail::{Mail, OrderLabel, OrderName},
        operations::books::OpenMovement,
        people::actor::{Actor, Permission},
        policy::{recorded_checks::RecordedCheck, refund_rules::AddressHistory},
        refunds::{
            refund::{Refund, RefundStep},
            transfer::Transfer,
        },
        search::SearchText,
        webhooks::{Delivery, Endpoint},
    },
    store::operations::history::{History, HistoryEntry},
};

/// Something of a customer as an actor sees it: an e-mail address, an address, or what leads to it. Only services make one, and of what is masked they keep
/// nothing else in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    shown: CustomerValue,
    is_masked: bool,
    to_reveal: Option<CustomerRecord>,
}

impl Personal {
    /// What the actor sees of a value, and of which record they may reveal it.
    pub(in crate::service) fn new(
        actor: &Actor,
        value: impl Into<CustomerValue>,
        record: Option<CustomerRecord>,
    ) -> Self {
        let value = value.into();
        if sees_customers(actor) {
            return Self::whole(value);
        }
        let shown = match value {
            CustomerValue::Key(CustomerKey::Email(email)) => CustomerKey::Email(masked_email(&email)).into(),
            CustomerValue::Key(CustomerKey::Address(address)) => CustomerKey::Address(masked_address(&address)).into(),
            CustomerValue::Memo(_) => CustomerValue::Memo(ELLIPSIS.to_owned()),
            CustomerValue::ReceiptLink(_) => CustomerValue::ReceiptLink(ELLIPSIS.to_owned()),
        };
        let to_reveal = record.filter(|_| actor.may(Permission::RevealCustomers));
        Self { shown, is_masked: true, to_reveal }
    }

    /// For the customers themselves.
    pub(in crate::service) fn whole(value: impl Into<CustomerValue>) -> Self {
        Self { shown: value.into(), is_masked: false, to_reveal: None }
    }

    /// The text that the actor may see.
    pub const fn shown(&self) -> &CustomerValue {
        &self.shown
    }

    pub const fn is_masked(&self) -> bool {
        self.is_masked
    }

    /// What a form that reveals it has to name; `None` if it is whole, or if the actor may not reveal it.
    pub const fn to_reveal(&self) -> Option<CustomerRecord> {
        self.to_reveal
    }
}

fn sees_customers(actor: &Actor) -> bool {
    actor.may(Permission::ReadCustomers)
}

/// The recipient of a refund.
pub fn recipient(actor: &Actor, refund: &Refund) -> Personal {
    let record = CustomerRecord::new(CustomerField::RefundAddress, refund.id.0);
    Personal::new(actor, CustomerKey::Address(refund.address.clone()), Some(record))
}

/// The memo of a refund's recipient.
pub fn memo(actor: &Actor, refund: &Refund) -> Option<Personal> {
    let record = CustomerRecord::new(CustomerField::RefundMemo, refund.id.0);
    let memo = refund.memo.clone()?;
    Some(Personal::new(actor, CustomerValue::Memo(memo), Some(record)))
}

/// The link to the receipt of a refund. What it opens has the whole address, so it is masked like an address.
pub(in crate::service) fn receipt_link(actor: &Actor, refund: RefundId, token: String) -> Personal {
    let record = CustomerRecord::new(CustomerField::ReceiptLink, refund.0);
    Personal::new(actor, CustomerValue::ReceiptLink(token), Some(record))
}

/// The customer's e-mail address of a refund.
pub fn refund_email(actor: &Actor, refund: &Refund) -> Option<Personal> {
    let record = CustomerRecord::new(CustomerField::RefundEmail, refund.id.0);
    let email = refund.customer_email.clone()?;
    Some(Personal::new(actor, CustomerKey::Email(email), Some(record)))
}

/// The customer's e-mail address of an order that has a payment intent.
pub fn order_email(actor: &Actor, order: &Order) -> Option<Personal> {
    let record = CustomerRecord::new(CustomerField::OrderEmail, order.intent_id?.0);
    let email = order.text.purchaser_email.clone()?;
    Some(Personal::new(actor, CustomerKey::Email(email), Some(record)))
}

pub(in crate::service) fn refund(actor: &Actor, refund: Refund) -> Refund {
    if sees_customers(actor) {
        return refund;
    }
    Refund {
        address: masked_address(&refund.address),
        address_sent: masked_address(&refund.address_sent),
        memo: refund.memo.as_ref().map(|_| ELLIPSIS.to_owned()),
        customer_email: refund.customer_email.as_deref().map(masked_email),
        note: refund.note.as_deref().map(masked_text),
        override_reason: refund.override_reason.as_deref().map(masked_text),
        rejection_reason: refund.rejection_reason.map(|reason| reason.map_values(&masked_text)),
        ..refund
    }
}

/// A shop can have put a customer into the metadata.
pub(in crate::service) fn intent(actor: &Actor, intent: PaymentIntent) -> PaymentIntent {
    if sees_customers(actor) {
        return intent;
    }
    PaymentIntent { metadata: intent.metadata.masked(), ..intent }
}

pub(in crate::service) fn step(actor: &Actor, step: RefundStep) -> RefundStep {
    if sees_customers(actor) {
        return step;
    }
    let detail = step.detail.map(|detail| detail.map_values(&masked_text));
    RefundStep { detail, ..step }
}

pub(in crate::service) fn check(actor: &Actor, check: RecordedCheck) -> RecordedCheck {
    if sees_customers(actor) { check } else { check.masked() }
}

pub(in crate::service) fn payment(actor: &Actor, payment: Payment) -> Payment {
    if sees_customers(actor) {
        return payment;
    }
    let from_address = payment.from_address.as_deref().map(masked_address);
    let handled = payment.handled.map(|handled| HandledFunds { note: masked_text(&handled.note), ..handled });
    Payment { from_address, handled, ..payment }
}

/// A shop can have put a customer's e-mail address into the title of an order.
pub(in crate::service) fn order_label(actor: &Actor, label: OrderLabel) -> OrderLabel {
    let called = match label.called {
        OrderName::Title(title) => OrderName::Title(text(actor, &title)),
        called => called,
    };
    OrderLabel { called, ..label }
}

pub(in crate::service) fn order(actor: &Actor, mut order: Order) -> Order {
    let text = &mut order.text;
    text.callback_url = text.callback_url.as_deref().map(|url| callback_url(actor, url));
    if !sees_customers(actor) {
        for page in [&mut text.success_url, &mut text.cancel_url] {
            *page = page.as_deref().map(masked_url);
        }
        text.purchaser_email = text.purchaser_email.as_deref().map(masked_email);
        // Shops name orders by their customers too.
        for written in [&mut text.title, &mut text.description, &mut text.reference] {
            *written = masked_text(written);
        }
    }
    order
}

/// What is listed of an order: the same of it as in [`order`].
pub(in crate::service) fn listed_order(actor: &Actor, order: ListedOrder) -> ListedOrder {
    if sees_customers(actor) {
        return order;
    }
    let purchaser_email = order.purchaser_email.as_deref().map(masked_email);
    ListedOrder { reference: masked_text(&order.reference), purchaser_email }
}

/// Where callbacks are sent. A shop can have put a secret into it, by which it knows that a callback is genuine.
fn callback_url(actor: &Actor, url: &str) -> String {
    if actor.may(Permission::ManageWebhooks) { url.to_owned() } else { masked_url(url) }
}

/// An endpoint of the merchant. Its URL can have a secret for the same reason.
pub(in crate::service) fn endpoint(actor: &Actor, endpoint: Endpoint) -> Endpoint {
    let url = callback_url(actor, &endpoint.url);
    Endpoint { url, ..endpoint }
}

/// A mail to a customer.
pub(in crate::service) fn mail(actor: &Actor, mail: Mail) -> Mail {
    if sees_customers(actor) {
        return mail;
    }
    let problem = mail.problem.map(|problem| problem.map_values(&masked_text));
    Mail { recipient: masked_email(&mail.recipient), problem, ..mail }
}

/// What moved between an own address and one that may be a customer's.
pub(in crate::service) fn movement(actor: &Actor, movement: OpenMovement) -> OpenMovement {
    if sees_customers(actor) {
        return movement;
    }
    OpenMovement { counterparty: movement.counterparty.as_deref().map(masked_address), ..movement }
}

/// The transfer of a refund: its recipient, who can be named in what it waits for.
pub(in crate::service) fn transfer(actor: &Actor, transfer: &mut Transfer) {
    if !sees_customers(actor) {
        transfer.recipient = masked_address(&transfer.recipient);
        if let Some(held) = &mut transfer.held {
            held.detail = masked_stored(&held.detail);
        }
    }
}

/// A text that is written in the language of its reader.
pub(in crate::service) fn error_text(actor: &Actor, text: ErrorText) -> ErrorText {
    if sees_customers(actor) { text } else { text.map_values(&masked_text) }
}

/// A text that is stored with an account that pays.
pub(in crate::service) fn stored(actor: &Actor, text: &str) -> String {
    if sees_customers(actor) { text.to_owned() } else { masked_stored(text) }
}

/// A text of people or of other systems.
pub(in crate::service) fn text(actor: &Actor, text: &str) -> String {
    if sees_customers(actor) { text.to_owned() } else { masked_text(text) }
}

pub(in crate::service) fn history(actor: &Actor, mut history: History) -> History {
    let entry = |entry: HistoryEntry| match entry {
        HistoryEntry::Callback(delivery) => {
            let url = callback_url(actor, &delivery.url);
            HistoryEntry::Callback(Delivery { url, ..delivery })
        }
        entry if sees_customers(actor) => entry,
        HistoryEntry::Change(mut change) => {
            mask_facts(&mut change.detail);
            HistoryEntry::Change(change)
        }
        HistoryEntry::Note(mut note) => {
            note.text = masked_text(&note.text);
            HistoryEntry::Note(note)
        }
        HistoryEntry::Mail(sent) => HistoryEntry::Mail(mail(actor, sent)),
    };
    history.entries = history.entries.into_iter().map(entry).collect();
    history
}

/// What is known of an address of which an actor makes a refund.
pub(in crate::service) fn address_history(actor: &Actor, history: AddressHistory) -> AddressHistory {
    if sees_customers(actor) { history } else { history.masked() }
}

/// What an actor may search for. Whoever sees customers' e-mail addresses and addresses masked finds by whole ones only: with
/// their beginnings, they could be guessed letter by letter, also by somebody who may reveal each, which is recorded. Words of
/// notes find as for others, since notes can be read, except for what is masked in them.
pub(in crate::service) fn search(actor: &Actor, text: SearchText) -> SearchText {
    if sees_customers(actor) { text } else { text.of_whole_customers() }
}
