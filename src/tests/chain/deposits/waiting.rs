//! A deposit that cannot be booked or credited keeps no other waiting, and is told.

use super::*;
use requite::{
    chain::evm::examine::{Level, examine, followed::add_trouble},
    domain::{
        intents::payment::PaymentStatus::{Paid, Pending},
        operations::networks::DepositProblem,
    },
    texts::errors::english_text,
};

on_both_engines! {
    async fn a_deposit_that_the_database_refuses_keeps_no_other_waiting(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (refused, other) = (scene.intent("30", USDC).await, scene.intent("30", USDC).await);
        scene.pay(&refused, 30).await;
        scene.pay(&other, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        // One less would be negative, which a constraint forbids.
        let set_pending = async |number: u8| {
            let sql = format!("update payment_intents set pending_payments = {number} where id = '{}'", refused.id);
            assert_eq!(app.tamper(&sql).await.unwrap(), 1);
        };
        set_pending(0).await;
        scene.finish().await;
        assert_eq!((scene.payment(&refused).await.status, scene.payment(&other).await.status), (Pending, Paid));
        let problems = scene.store().deposit_problems().await.unwrap();
        assert_eq!(problems, [(Network::Base, DepositProblem::Refused, 1)]);
        let problem = scene.cursor().await.problem.unwrap();
        assert!(problem.starts_with("1 deposit is not credited: the database refuses"), "{problem}");
        let Connection { settings, nodes, .. } = &scene.connection;
        let mut examinations = [examine(settings, nodes, app.context().now).await];
        add_trouble(scene.store(), &mut examinations).await.unwrap();
        let [examination] = examinations;
        let mut findings = examination.findings.iter();
        let told = findings.find(|finding| english_text(&finding.about) == "deposits").unwrap();
        assert_eq!((told.level, english_text(&told.text)), (Level::Warning, problem));

        set_pending(1).await;
        scene.follow().await;
        assert_eq!(scene.payment(&refused).await.status, Paid);
        assert_eq!(scene.cursor().await.problem, None);
    }
}
