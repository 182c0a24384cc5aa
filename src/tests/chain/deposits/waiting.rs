//! A deposit that cannot be booked or credited keeps no other waiting, and is told.

use super::*;
use requite::{
    chain::evm::examine::{Level, examine, followed::add_trouble},
    domain::{
        intents::payment::PaymentStatus::{Paid, Pending},
        operations::networks::DepositProblem,
    },
    store::chain::cursors::CursorState,
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

    async fn a_deposit_about_which_too_few_nodes_answer_stops_nothing(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        let (waiting, other) = (scene.intent("30", USDC).await, scene.intent("30", USDC).await);
        let hash = scene.pay(&waiting, 30).await.to_string();
        for node in &nodes[1..] {
            let hash = hash.clone();
            node.set("eth_getTransactionReceipt", Fault::lie(move |receipt| match receipt["transactionHash"] == hash {
                true => Json::Null,
                false => receipt,
            }));
        }
        scene.anvil.mine(1).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
        scene.follow().await;
        let problems = scene.store().deposit_problems().await.unwrap();
        assert_eq!(problems, [(Network::Base, DepositProblem::Unanswered, 1)]);
        let cursor = scene.cursor().await;
        assert_eq!(cursor.state, CursorState::Following);
        let problem = cursor.problem.unwrap();
        assert!(problem.starts_with("1 deposit waits, because too few nodes respond"), "{problem}");
        scene.pay(&other, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert_eq!((scene.payment(&waiting).await.status, scene.payment(&other).await.status), (Pending, Paid));
        nodes.iter().for_each(FlakyNode::heal);
        scene.follow().await;
        assert_eq!(scene.payment(&waiting).await.status, Paid);
        scene.follow().await;
        assert_eq!((scene.store().deposit_problems().await.unwrap(), scene.cursor().await.problem), (vec![], None));
    }
}
