//! The state of a running server.

use crate::{
    api_log_queue::ApiLogQueue,
    chain::{Chain, sandbox::SandboxRail},
    config::{Mode, Settings},
    context::{Clock, Context, Entropy, SystemClock, SystemEntropy},
    domain::error::{DomainError, ErrorCode},
    error::Error,
    limits::{api_keys::KeyLimits, codes::CodeLimits, customer_links::LinkLimits, sign_in::SignInLimits},
    mail::Mailer,
    rates::{self, RateSource},
    screening::{DenyList, Screening},
    sender::Sender,
    store::{Database, Store},
};
use std::sync::Arc;

/// The services' dependencies. Cheap to clone.
#[derive(Clone)]
pub struct Requite {
    /// Database access.
    pub store: Store,
    pub settings: Arc<Settings>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub rates: Arc<dyn RateSource>,
    /// Sends payouts; not available in production yet.
    pub rail: Option<Arc<dyn Chain>>,
    /// Screens addresses.
    pub screening: Arc<dyn Screening>,
    /// Sends callbacks.
    pub sender: Arc<Sender>,
    /// Sends mail, if a mail server is configured.
    pub mailer: Option<Arc<Mailer>>,
    pub link_limits: Arc<LinkLimits>,
    pub sign_in_limits: Arc<SignInLimits>,
    pub code_limits: Arc<CodeLimits>,
    pub key_limits: Arc<KeyLimits>,
    /// API log entries that are not written yet.
    pub api_log: Arc<ApiLogQueue>,
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
        // Simulated transfers exist only in the sandbox.
        let rail: Option<Arc<dyn Chain>> = match settings.mode {
            Mode::Sandbox => Some(Arc::new(SandboxRail::new(store.clone(), settings.sandbox_delay))),
            Mode::Production => None,
        };
        let rates = rates::source(&settings).map_err(Error::fault)?;
        let screening = Arc::new(DenyList::new(store.clone()));
        let sender = Arc::new(Sender::of(&settings).map_err(Error::fault)?);
        let mailer = Mailer::of(&settings).map_err(Error::fault)?.map(Arc::new);
        Ok(Self {
            store,
            screening,
            sender,
            mailer,
            link_limits: Arc::new(LinkLimits::new(clock.clone())),
            api_log: Arc::default(),
            key_limits: Arc::new(KeyLimits::new(settings.api_rate, clock.clone())),
            settings: Arc::new(settings),
            sign_in_limits: Arc::new(SignInLimits::new(clock.clone())),
            code_limits: Arc::new(CodeLimits::new(clock.clone())),
            clock,
            entropy,
            rates,
            rail,
        })
    }

    /// The context of one request.
    pub fn context(&self) -> Context<'_> {
        Context::new(self.clock.as_ref(), self.entropy.as_ref())
    }

    /// The chain, or the error that nothing can be sent.
    pub fn require_rail(&self) -> Result<&dyn Chain, DomainError> {
        self.rail.as_deref().ok_or_else(|| {
            DomainError::new(
                ErrorCode::RailUnavailable,
                "This server is not connected to anything that could send coins.",
            )
        })
    }

    /// Rejects an operation outside the sandbox.
    pub fn require_sandbox(&self) -> Result<(), DomainError> {
        match self.settings.mode {
            Mode::Sandbox => Ok(()),
            Mode::Production => {
                Err(DomainError::new(ErrorCode::SandboxOnly, "This call simulates; a production server refuses it."))
            }
        }
    }
}
