//! One of the servers of a history, which may die in the middle of its work.

use super::*;
use crate::{
    chain::payouts::custody::{Alteration, Altered},
    support::flaky_node::Fault,
};
use requite::{
    chain::evm::{
        connection::Connection,
        custody::{CustodyError, Signature},
        deposits::{Follower, Progress, Watch},
    },
    error::with_causes,
    signer::protocol::{CancellationRequest, PaymentRequest},
    state::Requite,
};
use tokio::sync::Notify;

/// A server. What it knows beside its database is lost when it is dropped.
pub struct Server {
    requite: Requite,
    follower: Follower,
    socket: std::path::PathBuf,
    sender: Address,
}

/// When a server dies.
#[derive(Clone, Copy, Debug)]
pub enum Moment {
    /// The signer has signed, and its answer is lost.
    Signing,
    /// A node was asked this, and its answer is lost.
    Asking(&'static str),
}

pub const MOMENTS: [Moment; 7] = [
    Moment::Signing,
    Moment::Signing,
    Moment::Asking("eth_sendRawTransaction"),
    Moment::Asking("eth_sendRawTransaction"),
    Moment::Asking("eth_getTransactionReceipt"),
    Moment::Asking("eth_estimateGas"),
    Moment::Asking("eth_getLogs"),
];

/// What a part of the work led to, with a text for people.
type Outcome = Result<(), String>;

impl Server {
    pub fn start(rig: &Rig, name: &str) -> Self {
        let (app, mut settings) = (&rig.app, rig.app.requite.settings.as_ref().clone());
        settings.server_name = Some(name.to_owned());
        let entropy = app.requite.entropy.clone();
        let requite = Requite::assemble(settings, app.store().clone(), app.clock.clone(), entropy).unwrap();
        let socket = rig.folder.path().join("signer.sock");
        Self { requite, follower: Follower::default(), socket, sender: rig.sender.address }
    }

    fn connection(&self) -> Arc<Connection> {
        self.requite.chain.as_ref().unwrap().evm.as_ref().unwrap().connections[0].clone()
    }

    /// One of the parts of its work.
    pub async fn work(&mut self, what: usize) -> Outcome {
        match what {
            0 => self.round().await,
            1 => self.follow().await,
            _ => self.refunds().await,
        }
    }

    /// A round of payouts.
    pub async fn round(&self) -> Outcome {
        self.round_with(&SignerClient::new(&self.socket)).await
    }

    async fn round_with(&self, custody: &dyn Custody) -> Outcome {
        let round = worker::transfers::run_once(&self.requite, &self.connection(), custody, self.sender).await;
        round.map(drop).map_err(|error| with_causes(&error).to_string())
    }

    /// Hands refunds to the chain, and ends those whose transfers have ended.
    pub async fn refunds(&self) -> Outcome {
        while worker::run_once(&self.requite).await.map_err(|error| with_causes(&error).to_string())? > 0 {}
        Ok(())
    }

    /// Follows deposits until the newest block, unless the other server does.
    pub async fn follow(&mut self) -> Outcome {
        let connection = self.connection();
        let watch = Watch {
            store: &self.requite.store,
            connection: &connection,
            rates: self.requite.rates.as_ref(),
            fee_percent: self.requite.settings.payment_fee_percent,
        };
        for _ in 0..200 {
            let step = self.follower.step(watch, &self.requite.context(), self.requite.clock.as_ref()).await;
            match step.map_err(|error| with_causes(&error).to_string())? {
                Progress::AtHead | Progress::Elsewhere => return Ok(()),
                Progress::More | Progress::Interrupted => {}
            }
        }
        Err("the newest block is never reached".to_owned())
    }

    /// Dies at a moment of a round. Returns whether it was met; otherwise the whole round was done.
    pub async fn die(&self, moment: Moment, nodes: &[Arc<FlakyNode>]) -> bool {
        let dying = Dying { dies: matches!(moment, Moment::Signing), dead: Notify::new() };
        let custody = Altered { signer: SignerClient::new(&self.socket), alteration: dying };
        nodes.iter().for_each(|node| node.heal());
        let asked = |method| nodes.iter().map(|node| node.count(method)).sum::<usize>();
        let death = async {
            match moment {
                Moment::Signing => custody.dead.notified().await,
                Moment::Asking(method) => {
                    let before = asked(method);
                    nodes.iter().for_each(|node| node.set(method, Fault::Delay(std::time::Duration::from_millis(500))));
                    while asked(method) == before {
                        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                    }
                    // The node does what it was asked before the answer is lost.
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
            }
        };
        let was_met = tokio::select! {
            biased;
            () = death => true,
            _ = self.round_with(&custody) => false,
        };
        nodes.iter().for_each(|node| node.heal());
        was_met
    }
}

/// A custody with which the server dies after it has signed.
struct Dying {
    dies: bool,
    dead: Notify,
}

impl Dying {
    async fn answer<T>(&self, answer: T) -> T {
        if self.dies {
            self.dead.notify_one();
            std::future::pending::<()>().await;
        }
        answer
    }
}

#[async_trait::async_trait]
impl Alteration for Dying {
    async fn sign(&self, signer: &SignerClient, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        let signed = Custody::sign(signer, request).await;
        self.answer(signed).await
    }

    async fn cancel(&self, signer: &SignerClient, request: &CancellationRequest) -> Result<Signature, CustodyError> {
        let signed = Custody::cancel(signer, request).await;
        self.answer(signed).await
    }
}
