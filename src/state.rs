//! The state of a running server.

use crate::{
    api_log_queue::ApiLogQueue,
    chain::{self, Chain, payouts::Payouts},
    config::Settings,
    context::{Clock, Context, Entropy, SystemClock, SystemEntropy},
    error::Error,
    last_round::LastRound,
    limits::{
        api_keys::KeyLimits, customer_links::LinkLimits, files::FileLimits, second_factor::CodeLimits,
        sign_in::SignInLimits,
    },
    outages::Outages,
    rates::{self, RateSource},
    screening::{DenyList, Screening},
    sender::Sender,
    smtp::Mailer,
    store::{Database, Store},
};
use std::sync::Arc;
use tokio_util::task::TaskTracker;

/// The components of a running server. Cheap to clone.
#[derive(Clone)]
pub struct Requite {
    pub store: Store,
    pub settings: Arc<Settings>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub rates: Arc<dyn RateSource>,
    /// The connection to a blockchain, if there is one.
    pub chain: Option<Chain>,
    /// Screens addresses.
    pub screening: Arc<dyn Screening>,
    /// Sends webhooks.
    pub sender: Arc<Sender>,
    /// Sends mail, if a mail server is configured.
    pub mailer: Option<Arc<Mailer>>,
    pub link_limits: Arc<LinkLimits>,
    pub pay_limits: Arc<LinkLimits>,
    pub sign_in_limits: Arc<SignInLimits>,
    pub code_limits: Arc<CodeLimits>,
    pub key_limits: Arc<KeyLimits>,
    pub file_limits: Arc<FileLimits>,
    /// API log entries that are not written yet.
    pub api_log: Arc<ApiLogQueue>,
    pub last_round: Arc<LastRound>,
    /// The networks for which refunds wait, for the log.
    pub outages: Arc<Outages>,
    /// Work that a response does not wait for, but the end of the process does.
    pub background: TaskTracker,
}

impl Requite {
    /// Opens and migrates the database and builds the state.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let database = Database::open(&settings.database_url).await?;
        database.migrate().await?;
        Self::assemble(settings, Store::new(database), Arc::new(SystemClock), Arc::new(SystemEntropy))
    }

    /// Builds the state around an open store; tests pass their own clock.
    pub fn assemble(
        settings: Settings,
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, Error> {
        let store = store.named(settings.server_name().as_ref());
        let chain = chain::connect(&settings, &store)?;
        let rates = rates::source(&settings).map_err(Error::fault)?;
        let screening = Arc::new(DenyList::new(store.clone()));
        let sender = Arc::new(Sender::of(&settings).map_err(Error::fault)?);
        let mailer = Mailer::of(&settings).map_err(Error::fault)?.map(Arc::new);
        Ok(Self {
            store,
            screening,
            sender,
            mailer,
            file_limits: Arc::default(),
            link_limits: Arc::new(LinkLimits::of_mails(clock.clone())),
            pay_limits: Arc::new(LinkLimits::of_pay_pages(clock.clone())),
            api_log: Arc::default(),
            last_round: Arc::default(),
            outages: Arc::default(),
            background: TaskTracker::new(),
            key_limits: Arc::new(KeyLimits::new(settings.api_rate, clock.clone())),
            settings: Arc::new(settings),
            sign_in_limits: Arc::new(SignInLimits::new(clock.clone())),
            code_limits: Arc::new(CodeLimits::new(clock.clone())),
            clock,
            entropy,
            rates,
            chain,
        })
    }

    /// Whether everything is simulated: a sandbox that is connected to no real network, not even to one for tests.
    pub fn simulates(&self) -> bool {
        self.settings.require_simulation().is_ok()
    }

    /// The payouts of the connected chain, if there is one.
    pub fn payouts(&self) -> Option<&dyn Payouts> {
        self.chain.as_ref().map(|chain| chain.payouts.as_ref())
    }

    /// A context with the current time, for one operation.
    pub fn context(&self) -> Context<'_> {
        Context::new(self.clock.as_ref(), self.entropy.as_ref())
    }
}
