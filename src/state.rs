//! What a running server is made of.

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

/// Everything that services work with. Cheap to clone.
#[derive(Clone)]
pub struct Requite {
    /// The memory.
    pub store: Store,
    /// The settings.
    pub settings: Arc<Settings>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The prices.
    pub rates: Arc<dyn RateSource>,
    /// What moves the coins; none is connected in production yet.
    pub rail: Option<Arc<dyn Chain>>,
    /// Whom must not be paid.
    pub screening: Arc<dyn Screening>,
    /// What carries callbacks out.
    pub sender: Arc<Sender>,
    /// What carries mail out, when a mail server is set up.
    pub mailer: Option<Arc<Mailer>>,
    /// How often the links in mails may be tried.
    pub link_limits: Arc<LinkLimits>,
    /// How often somebody may try to sign in.
    pub sign_in_limits: Arc<SignInLimits>,
    /// How often a person may try a code of their second factor.
    pub code_limits: Arc<CodeLimits>,
    /// How often a program may call.
    pub key_limits: Arc<KeyLimits>,
    /// What programs asked, until it is written.
    pub api_log: Arc<ApiLogQueue>,
}

impl Requite {
    /// Opens and migrates the database and puts the parts together.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let database = Database::open(&settings.database_url).await?;
        database.migrate().await?;
        Self::assemble(settings, Store::new(database), Arc::new(SystemClock), Arc::new(SystemEntropy))
    }

    /// Puts the parts together around an open store; tests bring their own clock.
    pub fn assemble(
        settings: Settings,
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, Error> {
        // Pretended transfers are for the sandbox alone.
        let rail: Option<Arc<dyn Chain>> = match settings.mode {
            Mode::Sandbox => Some(Arc::new(SandboxRail::new(store.clone(), settings.sandbox_delay))),
            Mode::Production => None,
        };
        let rates = rates::source(&settings).map_err(Error::Fault)?;
        let screening = Arc::new(DenyList::new(store.clone()));
        let sender = Arc::new(Sender::of(&settings).map_err(Error::Fault)?);
        let mailer = Mailer::of(&settings).map_err(Error::Fault)?.map(Arc::new);
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

    /// The moment of one request.
    pub fn context(&self) -> Context<'_> {
        Context::new(self.clock.as_ref(), self.entropy.as_ref())
    }

    /// The rail, or why nothing can be sent.
    pub fn require_rail(&self) -> Result<&dyn Chain, DomainError> {
        self.rail.as_deref().ok_or_else(|| {
            DomainError::new(
                ErrorCode::RailUnavailable,
                "This server is not connected to anything that could send coins.",
            )
        })
    }

    /// Refuses what only a sandbox does.
    pub fn require_sandbox(&self) -> Result<(), DomainError> {
        match self.settings.mode {
            Mode::Sandbox => Ok(()),
            Mode::Production => {
                Err(DomainError::new(ErrorCode::SandboxOnly, "This call simulates; a production server refuses it."))
            }
        }
    }
}
