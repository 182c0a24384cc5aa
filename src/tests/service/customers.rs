//! Everything of one customer: by e-mail address, by address, and by a record that has one of them.

use crate::support::{CUSTOMER, TestApp, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        customers::{CustomerField, CustomerKey, CustomerPart, CustomerRecord},
        error::ErrorCode,
        ids::{MerchantId, NoteId},
        intents::payment::PaymentStatus,
        money::currency::Currency::Usd,
        names::Named,
        paging::{PageRequest, Position, SortDirection, Total},
        refunds::refund::RefundStatus,
    },
    service::{customers, intents::note},
    store::customers::{Customer, CustomerLists},
};
use std::collections::HashMap;
use uuid::Uuid;

async fn found(app: &TestApp, of: &str) -> Customer {
    customers::find(app.store(), &app.owner, of, None).await.unwrap().unwrap().customer
}

fn ids<T>(items: &[T], id: impl Fn(&T) -> Uuid) -> Vec<Uuid> {
    items.iter().map(id).collect()
}

on_both_engines! {
    async fn a_customer_is_everything_that_was_paid_by_and_refunded_to_them(app: &TestApp) {
        const ANNA: &str = "anna@shop.example";
        app.fund("1000", Usd).await;
        // Anna's address is in the order of the first intent, and in the refund of the second.
        let first = app.paid_intent("100", Usd, Network::Base).await;
        app.store().set_purchaser(app.merchant, first.order_number, ANNA).await.unwrap();
        app.advance(Duration::seconds(1));
        let second = app.paid_intent("70", Usd, Network::Base).await;
        app.advance(Duration::seconds(1));
        let other = app.paid_intent("40", Usd, Network::Base).await;
        let of_first = app.refund(&app.order(&first, "10")).await.unwrap();
        app.advance(Duration::seconds(1));
        let mut wanted = app.order(&second, "20");
        wanted.customer_email = Some(ANNA.to_owned());
        let of_second = app.refund(&wanted).await.unwrap();
        let mut wanted = app.order(&other, "7");
        wanted.customer_email = Some("bob@shop.example".to_owned());
        let of_bob = app.refund(&wanted).await.unwrap();
        app.settle().await;
        app.advance(Duration::seconds(1));
        let mut wanted = app.order(&second, "5");
        wanted.customer_email = Some(ANNA.to_owned());
        let moving = app.refund(&wanted).await.unwrap();
        let unsupported = app.pay(&first, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        for (intent, id) in [(&first, 1), (&other, 2)] {
            let id = NoteId(Uuid::from_u128(id));
            note::add(app.store(), &app.context(), &app.owner, intent.id, id, "She called.").await.unwrap();
        }

        let of_email = found(app, " ANNA@Shop.example").await;
        assert_eq!(ids(&of_email.intents.items, |intent| intent.id.0), [second.id.0, first.id.0]);
        assert_eq!(ids(&of_email.refunds.items, |refund| refund.id.0), [moving.id.0, of_second.id.0, of_first.id.0]);
        assert_eq!(of_email.payments.items.len(), 2);
        assert_eq!(ids(&of_email.unsupported.items, |payment| payment.id.0), [unsupported.id.0]);
        assert_eq!(of_email.notes.items.iter().map(|note| note.order_number).collect::<Vec<_>>(), [first.order_number]);
        // The totals are what the intents and the refunds themselves say.
        let sums = of_email.totals.sums[0];
        let (first, second) = (app.reload(first).await, app.reload(second).await);
        assert_eq!(sums.paid, first.paid.plus(second.paid).unwrap());
        assert_eq!(sums.refunded, first.refunded.plus(second.refunded).unwrap());
        assert_eq!(sums.on_their_way, second.in_flight);
        assert_eq!((sums.paid, sums.refunded, sums.on_their_way), (money("170", Usd), money("30", Usd), money("5", Usd)));
        assert_eq!((sums.not_credited, of_email.totals.sums.len()), (money("3", Usd), 1));
        assert!(!of_email.totals.is_without_payments && !of_email.totals.is_without_refunds);

        // So is how many rows each list has.
        let counts = customers::counts(app.store(), &app.owner, ANNA, None).await.unwrap();
        let expected = [
            (CustomerPart::Intents, 2),
            (CustomerPart::Payments, 2),
            (CustomerPart::Refunds, 3),
            (CustomerPart::Unsupported, 1),
            (CustomerPart::Notes, 1),
        ];
        assert_eq!(counts, HashMap::from(expected.map(|(part, number)| (part, Total::Exactly(number)))));
        let of_one = customers::counts(app.store(), &app.owner, ANNA, Some(CustomerPart::Refunds)).await.unwrap();
        assert_eq!(of_one, HashMap::from([(CustomerPart::Refunds, Total::Exactly(3))]));
        assert!(customers::counts(app.store(), &app.owner, " ", None).await.unwrap().is_empty());

        // An address has the refunds to it, whoever they are for, and the payments from it.
        let of_recipient = found(app, &CUSTOMER.to_lowercase()).await;
        let recipients = [moving.id.0, of_bob.id.0, of_second.id.0, of_first.id.0];
        let mut listed = ids(&of_recipient.refunds.items, |refund| refund.id.0);
        listed.sort_unstable();
        let mut expected = recipients.to_vec();
        expected.sort_unstable();
        assert_eq!(listed, expected);
        assert_eq!((of_recipient.intents.items.len(), of_recipient.payments.items.len()), (3, 0));
        assert_eq!((of_recipient.totals.sums[0].refunded, of_recipient.totals.sums[0].paid), (money("37", Usd), money("0", Usd)));
        let payment = app.store().payments_of(app.merchant, first.id).await.unwrap().remove(0);
        let of_sender = found(app, &payment.from_address.clone().unwrap().to_lowercase()).await;
        assert_eq!(ids(&of_sender.payments.items, |payment| payment.id.0), [payment.id.0]);
        assert_eq!(ids(&of_sender.intents.items, |intent| intent.id.0), [first.id.0]);
        assert_eq!(of_sender.totals.sums[0].paid, money("100", Usd));

        // A record leads to the same customer without their e-mail address.
        for (field, id, number) in [
            (CustomerField::OrderEmail, first.id.0, 3),
            (CustomerField::RefundEmail, of_second.id.0, 3),
            (CustomerField::RefundAddress, of_second.id.0, 4),
            (CustomerField::PaymentSender, payment.id.0, 0),
        ] {
            let record = CustomerRecord::new(field, id);
            assert_eq!(CustomerRecord::parse(&record.to_string()), Some(record));
            assert_eq!(found(app, &record.to_string()).await.refunds.items.len(), number, "{record}");
        }
        for record in ["refund_email", "order_email"].map(|field| format!("{field}.{}", of_bob.intent_id)) {
            let unknown = customers::find(app.store(), &app.owner, &record, None).await;
            assert_eq!(unknown.unwrap_err().code(), ErrorCode::NotFound, "{record}");
        }
        assert!(customers::find(app.store(), &app.owner, "  ", None).await.unwrap().is_none());
        for nobody in ["anna@shop.exampl", "ann%", "' or 1 = 1 --", &"x".repeat(500)] {
            assert!(found(app, nobody).await.intents.items.is_empty(), "{nobody}");
        }

        // One list alone, page by page, and nothing of the others.
        let mut seen = Vec::new();
        let mut position = Position::Start;
        loop {
            let request = PageRequest::new(2, position, SortDirection::NewestFirst);
            let part = Some((CustomerPart::Refunds, request));
            let page = customers::find(app.store(), &app.owner, ANNA, part).await.unwrap().unwrap().customer;
            assert!(page.intents.items.is_empty() && page.notes.items.is_empty() && page.totals.sums.is_empty());
            seen.extend(ids(&page.refunds.items, |refund| refund.id.0));
            let Some(next) = page.refunds.next else { break };
            position = Position::After(next);
        }
        assert_eq!(seen, [moving.id.0, of_second.id.0, of_first.id.0]);

        // Another merchant finds nothing.
        let stranger = MerchantId(Uuid::from_u128(1));
        let key = CustomerKey::parse(ANNA).unwrap();
        let nothing = app.store().customer(stranger, &key, &CustomerLists::All(PageRequest::first())).await.unwrap();
        assert!(nothing.intents.items.is_empty() && nothing.notes.items.is_empty() && nothing.totals.sums.is_empty());
        let parts: Vec<_> = CustomerPart::all().collect();
        let counts = app.store().customer_counts(stranger, &key, &parts).await.unwrap();
        assert_eq!(counts, parts.into_iter().map(|part| (part, Total::Exactly(0))).collect::<HashMap<_, _>>());
        let record = CustomerRecord::new(CustomerField::RefundEmail, of_second.id.0);
        assert!(app.store().customer_of(stranger, record).await.is_err());
        assert_eq!(app.reload_refund(&moving).await.status, RefundStatus::Pending);
    }
}
