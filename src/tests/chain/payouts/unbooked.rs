//! However much strangers send, what a person has to explain is listed, and a day is not clean before.

use super::{books::Books, *};
use requite::domain::operations::books::{DustArrivals, EntryKind, Flow};

/// As many as are listed on one page.
const LISTED: usize = 200;

/// The id of a movement with this number.
fn id(number: usize) -> String {
    format!("00000000-0000-7000-9000-{number:012}")
}

impl Books {
    /// This many arrivals of a dollar that nobody has explained, and then one that went.
    async fn flood(&self, arrivals: usize) {
        let at = self.rig.app.context().now.format("%Y-%m-%dT%H:%M:%S%.6fZ");
        let row = |number: usize| {
            let flow = if number == arrivals { "out" } else { "in" };
            let (id, sender) = (id(number), self.rig.sender.address);
            format!(
                "('{id}', 'ETH', 'deposits', '{sender}', '{flow}', 'unknown', 'USD', '0000000001.000000000000000000', '0x{number}',
                    0, 1, '{at}')"
            )
        };
        let rows: Vec<_> = (0..=arrivals).map(row).collect();
        let sql = format!(
            "insert into own_movements (id, network, role, account, flow, kind, currency, amount, transaction_hash, position,
                block_height, found_at) values {}",
            rows.join(", ")
        );
        self.rig.app.tamper(&sql).await.unwrap();
    }

    /// A person explains the first ones.
    async fn explain_first(&self, number: usize) {
        let at = self.rig.app.context().now.format("%Y-%m-%dT%H:%M:%S%.6fZ");
        let rows: Vec<_> = (0..number).map(|number| format!("('{}', 'Owner', '{at}', 'known')", id(number))).collect();
        let rows = rows.join(", ");
        let sql =
            format!("insert into movement_explanations (movement_id, explained_by, explained_at, note) values {rows}");
        self.rig.app.tamper(&sql).await.unwrap();
    }
}

on_each_engine! {
    async fn a_day_with_more_movements_than_are_listed_is_not_clean(engine: Engine) {
        let books = Books::new(engine).await;
        assert!(books.report().await.is_clean());
        books.flood(LISTED).await;
        // What went is seen first, wherever it is in time.
        assert_eq!((books.open().await.len(), books.open().await[0].flow), (LISTED, Flow::Out));
        books.explain_first(LISTED).await;
        let report = books.report().await;
        assert_eq!((report.unbooked.listed.len(), report.unbooked.number, report.unbooked.unexplained), (LISTED, 201, 1));
        assert!(!report.is_clean() && report.unbooked.listed[0].explanation.is_none());
        let viewer = books.rig.app.sign_in("viewer@example.com").await;
        let told = "200 of 201 movements are listed, unexplained ones first.";
        assert!(viewer.get("/reconciliation").await.text().contains(told));
        assert!(viewer.get("/reconciliation.csv").await.text().contains(told));
        let last = format!("insert into movement_explanations (movement_id, explained_by, explained_at, note)
            select id, 'Owner', found_at, 'known' from own_movements where id = '{}'", id(LISTED));
        books.rig.app.tamper(&last).await.unwrap();
        let report = books.report().await;
        assert!(report.is_clean() && report.unbooked.unexplained == 0, "{:?}", report.unbooked);
    }

    /// A cent more is a movement like others.
    async fn arrivals_below_the_smallest_amount_are_one_sum(engine: Engine) {
        let mut books = Books::new(engine).await;
        let (usdc, sender) = (books.usdc(), books.rig.sender.address);
        let customer = books.rig.anvil.contracts.accounts.customer.address;
        books.rig.anvil.mint(usdc, customer, units(1)).await;
        books.block().await;
        for _ in 0..3 {
            books.rig.anvil.transfer(usdc, customer, sender, U256::from(9_999)).await;
        }
        books.block().await;
        let unbooked = books.report().await.unbooked;
        let arrived = DustArrivals { network: Network::Eth, number: 3, amount: crate::support::money("0.029997", Usd) };
        assert_eq!((unbooked.number, unbooked.dust), (0, vec![arrived]));
        assert!(books.report().await.is_clean() && books.open().await.is_empty());
        let page = books.rig.app.sign_in("viewer@example.com").await.get("/reconciliation").await.text();
        assert!(page.contains("3 amounts that are too small to be credited came to addresses on Ethereum, together 0.029997 USDC."), "{page}");
        assert!(page.contains("Everything is explained"), "{page}");
        books.rig.anvil.transfer(usdc, customer, sender, U256::from(10_000)).await;
        books.block().await;
        let open = books.open().await;
        assert_eq!(open.iter().map(|one| (one.kind, one.amount)).collect::<Vec<_>>(), [
            (EntryKind::Unknown, crate::support::money("0.01", Usd)),
        ]);
        assert!(!books.report().await.is_clean());
        books.rig.app.assert_invariants().await;
    }
}
