//! A merchant to which the actions of a sequence are applied.

use super::{
    Counts,
    action::{Action, HowMuch},
};
use crate::support::{CUSTOMER, Engine, TestApp, asked, money};
use chrono::Duration;
use requite::{
    chain::sandbox::{hanging_address, rejecting_address},
    domain::{
        address::network::Network,
        error::{DomainError, ErrorText},
        ids::IdempotencyKey,
        intents::{payment::PaymentStatus, payment_intent::PaymentIntent},
        money::{
            Money,
            currency::Currency::{self, Btc, Eth, Eur, Usd},
        },
        refunds::{
            amount_basis::{AmountBasis, ResolvedAmount},
            approval::ApprovalDecision,
            confirmation::{Answer, confirmation_seal, is_open},
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::{Refund, RefundReason, RefundStatus, Rejection, RejectionType},
        },
    },
    error::Error,
    languages::Language,
    service::{
        self,
        refunds::{approval, quote},
    },
    state::Requite,
    store::{Database, Store, refunds::payout::PayoutResult},
};
use rust_decimal::Decimal;
use sqlx::{Connection, Row};
use std::collections::BTreeMap;

/// A merchant with six intents, to which actions are applied. One intent is of an order with a price, one is
/// continuous.
pub struct Life {
    app: TestApp,
    options: &'static [&'static str],
    intents: Vec<PaymentIntent>,
    made: Vec<(Refund, NewRefund, IdempotencyKey)>,
    pub done: Counts,
}

const OPTIONS: &[&str] = &[
    "--sandbox-delay",
    "3s",
    "--sandbox-rate-drift",
    "7",
    "--payment-fee-percent",
    "0.37",
    "--confirmation-lifetime",
    "1h",
];

impl Life {
    pub async fn begin(engine: Engine) -> Self {
        let app = TestApp::with_options(engine, OPTIONS).await;
        for (amount, currency) in [("5000", Usd), ("2000.000001", Eur), ("1.000000000000000007", Eth), ("0.1", Btc)] {
            app.fund(amount, currency).await;
        }
        let intents = vec![
            app.paid_intent("777.77", Usd, Network::Base).await,
            app.paid_intent("0.333333333333333333", Eth, Network::Arb).await,
            app.paid_intent("0.01234567", Btc, Network::Btc).await,
            app.intent("99.999999", Eur, Network::Base).await,
            app.paid_order("1234.56", Eur, Eth, Network::Arb).await,
            app.continuous_intent(Usd, Network::Base).await,
        ];
        for intent in intents.iter().filter(|intent| !intent.paid.is_zero()) {
            app.pay(intent, Some(asked(intent).amount.percent(40)), PaymentStatus::Paid).await.unwrap();
        }
        app.pay(&intents[5], Some(money("321.987654", Usd)), PaymentStatus::Paid).await.unwrap();
        app.decide(|policy| {
            policy.approval_from = "200".to_owned();
            policy.cool_down = "20m".to_owned();
        })
        .await;
        Self { app, options: OPTIONS, intents, made: Vec::new(), done: Counts::new() }
    }

    /// Returns the current state of a refund: the first that fits, counted from an index, or else any.
    async fn pick(&self, index: usize, fits: impl Fn(&Refund) -> bool) -> Option<Refund> {
        let mut any = None;
        for offset in 0..self.made.len() {
            let refund = self.app.reload_refund(&self.made[(index + offset) % self.made.len()].0).await;
            if fits(&refund) {
                return Some(refund);
            }
            any = any.or(Some(refund));
        }
        any
    }

    /// Performs an action. It may be refused; any other error is a bug.
    pub async fn step(&mut self, action: &Action) {
        let (name, result) = self.attempt(action).await;
        match result {
            Ok(()) => *self.done.entry(name).or_default() += 1,
            Err(Error::Refused(_)) => {}
            Err(fault) => panic!("{action:?}: {fault}"),
        }
    }

    async fn attempt(&mut self, action: &Action) -> (&'static str, Result<(), Error>) {
        let app = self.app.clone();
        match *action {
            Action::Pay { intent, part, status } => {
                let intent = &self.intents[intent % self.intents.len()];
                let status = [PaymentStatus::Paid, PaymentStatus::Paid, PaymentStatus::Pending, PaymentStatus::Failed]
                    [usize::from(status)];
                let usual = intent.amount_due().map_or(money("123.456789", Usd), |asked| asked.amount);
                let name = if intent.amount_due().is_some() { "pay" } else { "pay again and again" };
                (name, app.pay(intent, Some(usual.percent(part)), status).await.map(drop))
            }
            Action::Finish { payment, paid } => {
                let intent = &self.intents[payment % self.intents.len()];
                let payments = service::intents::payment::of_intent(app.store(), &app.owner, intent.id).await.unwrap();
                let Some(pending) = payments.iter().find(|payment| payment.status == PaymentStatus::Pending) else {
                    return ("nothing", Ok(()));
                };
                let status = if paid { PaymentStatus::Paid } else { PaymentStatus::Failed };
                let finished = app.finish(pending.id, status).await;
                ("finish", finished.map(drop))
            }
            Action::Refund { .. } => ("refund", self.make(action).await),
            Action::RefundAgain { refund } => {
                let number = self.made.len();
                if number == 0 {
                    return ("nothing", Ok(()));
                }
                let (made, order, key) = &self.made[refund % number];
                let again = app.refund_with_key(order, *key).await;
                ("refund again", again.map(|again| assert_eq!(again.id, made.id)))
            }
            Action::Answer { refund, confirmed } => {
                let waits = |refund: &Refund| refund.status == RefundStatus::AwaitingConfirmation;
                let Some(refund) = self.pick(refund, waits).await else { return ("nothing", Ok(())) };
                self.answer(&refund, if confirmed { Answer::Confirmed } else { Answer::Refused }).await
            }
            Action::Approve { refund } => {
                let waits = |refund: &Refund| refund.status == RefundStatus::AwaitingApproval;
                let Some(refund) = self.pick(refund, waits).await else { return ("nothing", Ok(())) };
                ("approve", app.approve(&refund).await.map(drop))
            }
            Action::TurnDown { refund, stop } => {
                let fits = |refund: &Refund| match refund.status {
                    RefundStatus::Pending => stop && refund.held_until.is_some(),
                    RefundStatus::AwaitingConfirmation => stop,
                    status => !stop && status == RefundStatus::AwaitingApproval,
                };
                let Some(refund) = self.pick(refund, fits).await else { return ("nothing", Ok(())) };
                let ended = if stop {
                    approval::stop(app.store(), &app.context(), &app.operator, refund.id, "no").await
                } else {
                    approval::decline(app.store(), &app.context(), &app.approver, refund.id, "no").await
                };
                (if stop { "stop" } else { "decline" }, ended.map(drop))
            }
            Action::LateEnding { refund, completed } => {
                let ended = self.pick(refund, |refund| refund.status.is_final()).await;
                let Some(refund) = ended.filter(|refund| refund.status.is_final()) else { return ("nothing", Ok(())) };
                ("late", self.late_ending(&refund, completed).await)
            }
            Action::Policy { approval_from, wait } => {
                let approval_from = ["", "20", "200"][usize::try_from(approval_from).unwrap()];
                app.decide(|policy| {
                    policy.approval_from = approval_from.to_owned();
                    policy.renewal_tolerance = "30".to_owned();
                    policy.cool_down = if wait { "20m" } else { "" }.to_owned();
                })
                .await;
                ("policy", Ok(()))
            }
            Action::Wait { seconds } => {
                app.advance(Duration::seconds(seconds));
                ("wait", Ok(()))
            }
            Action::Work => {
                app.work().await;
                ("work", Ok(()))
            }
            Action::Restart => {
                self.restart().await;
                ("restart", Ok(()))
            }
        }
    }

    async fn make(&mut self, action: &Action) -> Result<(), Error> {
        let Action::Refund { intent, how_much, coin, funding, to, customer_pays, quoted, asked } = *action else {
            return Ok(());
        };
        let app = self.app.clone();
        let intent = app.reload(self.intents[intent % self.intents.len()].clone()).await;
        let currency = intent.currency();
        // Half of the refunds send the coin that was paid.
        let coin = [Usd, Eur, Eth, Btc].get(coin).copied().unwrap_or(currency);
        let network = match coin {
            Btc => Network::Btc,
            Eth => Network::Arb,
            _ => Network::Base,
        };
        let address = match to {
            0 => rejecting_address(network),
            1 => hanging_address(network),
            _ if network == Network::Btc => "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4".to_owned(),
            _ => CUSTOMER.to_owned(),
        };
        let (name, reckoned) = reckoned(&intent, how_much)?;
        let mut order = NewRefund {
            destination: Destination::parse(network, &address, None, true)?,
            amount: reckoned.amount,
            price_part: (reckoned.value.currency() != currency).then_some(reckoned.value),
            coin,
            funding: [Usd, Eur, Eth, Btc][funding],
            fee_payer: if customer_pays { FeePayer::Customer } else { FeePayer::Merchant },
            reason: RefundReason::Other,
            customer_email: asked.then(|| "customer@example.com".to_owned()),
            customer_confirms: asked,
            ..app.order(&intent, "1")
        };
        if quoted {
            let fresh = quote::new_quote(app.refunds(), &app.context(), &app.owner, &order.conversion()).await?;
            app.requite.store.save_quote(&fresh).await?;
            order.quote_id = Some(fresh.id);
        }
        let key = IdempotencyKey(app.requite.context().id());
        let refund = app.refund_with_key(&order, key).await?;
        self.made.push((refund, order, key));
        *self.done.entry(name).or_default() += 1;
        *self.done.entry(if coin == currency { "same coin" } else { "other coin" }).or_default() += 1;
        if intent.amount_due().is_none() {
            *self.done.entry("of a continuous one").or_default() += 1;
        }
        Ok(())
    }

    /// A customer answers through their link. If the refund no longer awaits confirmation, nothing happens.
    async fn answer(&self, refund: &Refund, answer: Answer) -> (&'static str, Result<(), Error>) {
        let requite = &self.app.requite;
        let Some((before, asked)) = requite.store.confirmation(refund.id).await.unwrap() else {
            return ("nothing", Ok(()));
        };
        let was_open = is_open(&before, requite.context().now);
        let seal = confirmation_seal(&before, before.terms.send);
        let token = asked.key.token(refund.id);
        let from = "192.0.2.7".parse().unwrap();
        let result = service::refunds::confirmation::answer(
            requite.into(),
            &requite.context(),
            &token,
            answer,
            seal.as_str(),
            (from, Language::english()),
        )
        .await;
        if !was_open {
            assert_eq!(result.unwrap(), before);
            return ("nothing", Ok(()));
        }
        (if answer == Answer::Confirmed { "confirm" } else { "refuse" }, result.map(drop))
    }

    /// A late outcome of a refund that has ended changes nothing.
    async fn late_ending(&self, refund: &Refund, completed: bool) -> Result<(), Error> {
        let before = self.app.reload_refund(refund).await;
        let ending = if completed {
            PayoutResult::Completed { transaction_hash: "0xlate".to_owned() }
        } else {
            PayoutResult::Rejected(Rejection::new(RejectionType::Processing, ErrorText::plain("late")))
        };
        let context = self.app.requite.context();
        let changed = self.app.requite.store.finish_refund(&context, before.merchant_id, before.id, &ending).await?;
        assert!(!changed);
        assert_eq!(self.app.reload_refund(refund).await, before);
        Ok(())
    }

    /// Restarts the process on the same database.
    async fn restart(&mut self) {
        self.app.requite.store.close().await;
        let store = Store::new(Database::open(&self.app.url).await.unwrap());
        let settings = crate::support::settings(self.options);
        let entropy = self.app.requite.entropy.clone();
        self.app.requite = Requite::assemble(settings, store, self.app.clock.clone(), entropy).unwrap();
    }

    /// Checks the invariants. Also, all accounts of a currency sum to zero, and the amount paid out equals what
    /// customers received.
    pub async fn check(&self) {
        self.app.assert_invariants().await;
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        let mut paid_out: BTreeMap<String, Decimal> = BTreeMap::new();
        for (currency, kind, balance) in self.amounts("select currency, kind, balance from ledger_accounts").await {
            *sums.entry(currency.clone()).or_default() += balance;
            if kind == "paid_out" {
                paid_out.insert(currency, balance);
            }
        }
        assert!(sums.values().all(Decimal::is_zero), "{sums:?}");
        let mut received: BTreeMap<String, Decimal> = BTreeMap::new();
        let sql =
            "select t.currency, t.outcome, t.amount from sandbox_transfers t join refunds r on r.id = t.transfer_id
            where r.status = 'completed'";
        for (currency, _, amount) in self.amounts(sql).await {
            *received.entry(currency).or_default() += amount;
        }
        paid_out.retain(|_, amount| !amount.is_zero());
        assert_eq!(paid_out, received);
    }

    /// Returns rows of two texts and an amount.
    async fn amounts(&self, sql: &'static str) -> Vec<(String, String, Decimal)> {
        if self.app.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.app.url).await.unwrap();
            let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
            let decimal = |text: String| Decimal::from_str_exact(&text).unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1), decimal(row.get(2)))).collect()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.app.url).await.unwrap();
            let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
        }
    }

    /// Decides everything that waits and brings every refund to its end.
    pub async fn finish(&mut self) {
        for index in 0..self.made.len() {
            let refund = self.app.reload_refund(&self.made[index].0).await;
            if refund.status == RefundStatus::AwaitingApproval {
                approval::decline(self.app.store(), &self.app.context(), &self.app.approver, refund.id, "the end")
                    .await
                    .unwrap();
                let verdict = approval::decision(self.app.store(), &self.app.owner, refund.id).await.unwrap().unwrap();
                assert_eq!(verdict.decision, ApprovalDecision::Declined);
            }
        }
        self.app.advance(Duration::hours(2));
        self.app.settle().await;
        self.app.advance(Duration::hours(2));
        self.app.settle().await;
        for (refund, _, _) in &self.made {
            assert!(self.app.reload_refund(refund).await.status.is_final());
        }
        for currency in [Usd, Eur, Eth, Btc] {
            assert!(self.app.balance(currency).await.1.is_zero(), "nothing stays reserved in {currency}");
        }
        for intent in &self.intents {
            assert!(self.app.reload(intent.clone()).await.in_flight.is_zero());
        }
        self.check().await;
    }
}

/// Resolves the amount of a refund, down to the smallest unit; it may be more than is left.
fn reckoned(intent: &PaymentIntent, how_much: HowMuch) -> Result<(&'static str, ResolvedAmount), DomainError> {
    let currency = intent.currency();
    match how_much {
        HowMuch::Coins { part, units } => {
            let odd = Money::new(Decimal::new(units, currency.decimals()), currency)?;
            let amount = intent.left().percent(part).plus(odd)?;
            Ok(("coins", ResolvedAmount { amount, value: amount }))
        }
        HowMuch::OfPrice { part } => {
            let whole = intent.amount_due().map_or(intent.paid, |asked| asked.price.unwrap_or(asked.amount));
            let price = whole.percent(part);
            Ok(("of the price", AmountBasis::OfPrice(price).resolve(intent, None)?))
        }
        HowMuch::Overpaid => Ok(("overpaid", AmountBasis::Overpaid.resolve(intent, None)?)),
    }
}

/// The currencies above cover every precision of the design. A currency with another precision has to be added there.
#[test]
fn the_lives_know_coins_of_every_precision() {
    let precisions: std::collections::BTreeSet<_> = [Usd, Eur, Eth, Btc].map(Currency::decimals).into();
    assert_eq!(precisions, [6, 8, 18].into());
}
