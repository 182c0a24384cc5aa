//! All settings. They come from environment variables or the command line; an invalid one stops the start.

pub mod networks;
mod values;

use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        money::Money,
        people::api_key::AddressRanges,
        policy::{RefundPolicy, WindowStart},
        webhooks::CallbackFormat,
    },
    languages::Language,
};
use chrono::Duration;
use chrono_tz::Tz;
use clap::{Args, ValueEnum};
use lettre::message::Mailbox;
use networks::{Networks, networks_file};
use rust_decimal::Decimal;
use std::{
    borrow::Cow,
    fmt,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
};
pub use values::{SettingError, mailbox};
use values::{
    address_ranges, callback_format, database_url, dollars, duration, existing_file, http_url, json_pointer, language,
    percent, port, positive_duration, public_url, server_name,
};

/// Whether the server is a sandbox or handles real money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// No real money moves, and sandbox calls are accepted.
    Sandbox,
    /// Sandbox calls are refused.
    Production,
}

impl Mode {
    /// Rejects an operation outside the sandbox.
    pub fn require_sandbox(self) -> Result<(), DomainError> {
        match self {
            Self::Sandbox => Ok(()),
            Self::Production => Err(DomainError::new(ErrorCode::SandboxOnly, "error-sandbox-only")),
        }
    }
}

/// Which chain is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChainSetting {
    /// A simulated one that moves no money; only in a sandbox.
    Sandbox,
    /// The networks of the file given as '--networks'.
    Networks,
    /// None: nothing can be sent, and no payment intent gets an address.
    None,
}

/// When the refund window begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WindowStartSetting {
    /// When the payment intent is created.
    Creation,
    /// When the time to pay ends.
    Expiry,
}

// The headings of the help, as in docs/settings.md. Each setting names its own: one that is set for a group would hold for
// what follows the group too.
const SERVER: &str = "Server";
const RATES: &str = "Rates";
const PAYMENTS: &str = "Payments and refunds";
const API: &str = "API, webhooks and e-mail";
const SANDBOX: &str = "Sandbox";

#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// The database: 'sqlite:PATH' (created if missing) or 'postgres://USER:PASSWORD@HOST/NAME'.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:data/requite.db", value_parser = database_url, hide_env_values = true, help_heading = SERVER)]
    pub database_url: String,

    /// Whether the server is a sandbox or handles real money.
    #[arg(long, env = "REQUITE_MODE", value_enum, default_value = "sandbox", help_heading = SERVER)]
    pub mode: Mode,

    /// What sends refunds and receives payments. The default is 'networks' if '--networks' is given, else the simulated
    /// chain in a sandbox, and none in production.
    #[arg(long, env = "REQUITE_CHAIN", value_enum, requires_if("networks", "networks_file"), help_heading = SERVER)]
    pub chain: Option<ChainSetting>,

    /// The file that describes the networks on which coins really move (docs/production.md).
    #[arg(id = "networks_file", long = "networks", env = "REQUITE_NETWORKS", value_name = "FILE", value_parser = networks_file, help_heading = SERVER)]
    pub networks: Option<Networks>,

    /// The merchant that commands act for, and the name of a new one. The default is the only merchant of the database. If
    /// there is none yet, it is 'Demo merchant' in a sandbox, and 'Main merchant' in production.
    #[arg(long, env = "REQUITE_MERCHANT", help_heading = SERVER)]
    pub merchant: Option<String>,

    /// The address and port to listen on.
    #[arg(long, env = "REQUITE_ADDR", default_value = "127.0.0.1:3000", help_heading = SERVER)]
    pub addr: SocketAddr,

    /// The name of this server, which must differ from that of every other server on the same PostgreSQL database. After
    /// a crash a server takes back at its start what it was working on; the default is the host's name.
    #[arg(long, env = "REQUITE_SERVER_NAME", value_parser = server_name, help_heading = SERVER)]
    pub server_name: Option<String>,

    /// The URL that browsers use, if the server is behind a proxy. With https, cookies are sent over https only.
    #[arg(long, env = "REQUITE_PUBLIC_URL", value_parser = public_url, help_heading = SERVER)]
    pub public_url: Option<String>,

    /// The time zone in which the days of filters begin, such as 'Europe/Berlin', for people who have not chosen one and whose
    /// browser has not told its own.
    #[arg(long, env = "REQUITE_TIME_ZONE", default_value = "UTC", help_heading = SERVER)]
    pub time_zone: Tz,

    /// The language of e-mails to customers whose own is not known, and to members of the team who have chosen none, by its code.
    #[arg(long, env = "REQUITE_LANGUAGE", default_value = "en", value_parser = language, help_heading = SERVER)]
    pub language: Language,

    /// How long after the start of the refund window a payment intent can be refunded, such as '30d'. Applies until a
    /// merchant sets its own policy.
    #[arg(long, env = "REQUITE_REFUND_WINDOW", default_value = "30d", value_parser = positive_duration, help_heading = PAYMENTS)]
    pub refund_window: Duration,

    /// When the refund window begins.
    #[arg(long, env = "REQUITE_REFUND_WINDOW_START", value_enum, default_value = "creation", help_heading = PAYMENTS)]
    pub refund_window_start: WindowStartSetting,

    /// How long the rate of a quote is valid.
    #[arg(long, env = "REQUITE_QUOTE_LIFETIME", default_value = "60s", value_parser = positive_duration, help_heading = PAYMENTS)]
    pub quote_lifetime: Duration,

    /// How long a new payment intent can be paid.
    #[arg(long, env = "REQUITE_INTENT_LIFETIME", default_value = "8h", value_parser = positive_duration, help_heading = PAYMENTS)]
    pub intent_lifetime: Duration,

    /// The value in US dollars from which a refund must be confirmed by typing the end of the address.
    #[arg(long, env = "REQUITE_TYPED_CONFIRMATION_FROM", default_value = "1000", value_parser = dollars, help_heading = PAYMENTS)]
    pub typed_confirmation_from: Money,

    /// The processing fee deducted from each payment, in percent.
    #[arg(long, env = "REQUITE_PAYMENT_FEE_PERCENT", default_value = "0.9", value_parser = percent, help_heading = PAYMENTS)]
    pub payment_fee_percent: Decimal,

    /// How long the sandbox takes to settle a refund.
    #[arg(long, env = "REQUITE_SANDBOX_DELAY", default_value = "3s", value_parser = duration, help_heading = SANDBOX)]
    pub sandbox_delay: Duration,

    /// How long a new payment intent waits for its deposit address in the sandbox.
    #[arg(long, env = "REQUITE_ADDRESS_DELAY", default_value = "1s", value_parser = duration, help_heading = SANDBOX)]
    pub address_delay: Duration,

    /// How often the workers look for work.
    #[arg(long, env = "REQUITE_WORKER_INTERVAL", default_value = "500ms", value_parser = positive_duration, help_heading = SERVER)]
    pub worker_interval: Duration,

    /// Sandbox only: allow webhooks to this machine, also over plain http, to try them out. A production server
    /// refuses to start with it.
    #[arg(long, env = "REQUITE_WEBHOOK_ALLOW_LOOPBACK", default_value_t = false, help_heading = API)]
    pub webhook_allow_loopback: bool,

    /// The ports that webhooks may be sent to besides 80 and 443, separated by commas; at most eight.
    #[arg(long, env = "REQUITE_CALLBACK_PORTS", value_delimiter = ',', value_parser = port, help_heading = API)]
    pub callback_ports: Vec<u16>,

    /// How many requests per minute one API key may make to one server.
    #[arg(long, env = "REQUITE_API_RATE", default_value = "600", help_heading = API)]
    pub api_rate: NonZeroU32,

    /// How long requests and responses are kept in the API log.
    #[arg(long, env = "REQUITE_API_LOG_LIFETIME", default_value = "30d", value_parser = positive_duration, help_heading = API)]
    pub api_log_lifetime: Duration,

    /// The format of CoinGate callbacks, 'form' or 'json', where the API key that created the order or refund has none of
    /// its own.
    #[arg(long, env = "REQUITE_COINGATE_CALLBACKS", value_parser = callback_format, default_value = "form", help_heading = API)]
    pub coingate_callbacks: CallbackFormat,

    /// The IP addresses that webhooks are sent from, separated by commas, for shops that accept webhooks only from known
    /// addresses.
    #[arg(long, env = "REQUITE_CALLBACK_IPS", value_delimiter = ',', help_heading = API)]
    pub callback_ips: Vec<IpAddr>,

    /// How long a customer has to confirm the address of a refund.
    #[arg(long, env = "REQUITE_CONFIRMATION_LIFETIME", default_value = "24h", value_parser = positive_duration, help_heading = PAYMENTS)]
    pub confirmation_lifetime: Duration,

    #[command(flatten)]
    pub mail: MailSettings,

    #[command(flatten)]
    pub rates: RateSettings,

    /// Addresses and networks of the proxies in front of the server, separated by commas. The client's address is then
    /// the last one in the proxies' header that is none of them. Sign-in attempts are limited by it, and API keys limited
    /// to addresses are checked against it.
    #[arg(
        long,
        env = "REQUITE_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        value_parser = address_ranges,
        help_heading = SERVER
    )]
    pub trusted_proxies: AddressRanges,

    /// The header to which each of these proxies appends the address from which it was called. A header that they pass on
    /// unchanged must not be chosen: its content comes from the client.
    #[arg(long, env = "REQUITE_PROXY_HEADER", default_value = "x-forwarded-for", help_heading = SERVER)]
    pub proxy_header: ProxyHeader,
}

/// The header in which proxies name clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProxyHeader {
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// The settings of e-mail to customers and to members of the team.
#[derive(Clone, Args)]
pub struct MailSettings {
    /// The mail server: 'smtps://USER:PASSWORD@HOST:465' or 'smtp://USER:PASSWORD@HOST:587?tls=required'. Without one,
    /// a sandbox shows e-mails instead of sending them.
    // Parsed later (`smtp.rs`): clap's errors quote the value, and this one contains a password.
    #[arg(long, env = "REQUITE_SMTP_URL", hide_env_values = true, requires = "mail_from", help_heading = API)]
    pub smtp_url: Option<String>,

    /// The sender of e-mails: 'My shop <refunds@shop.example>'.
    #[arg(id = "mail_from", long = "mail-from", env = "REQUITE_MAIL_FROM", value_parser = mailbox, help_heading = API)]
    pub from: Option<Mailbox>,
}

/// Leaves out the mail server's URL, which contains a password.
impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailSettings").field("from", &self.from).finish_non_exhaustive()
    }
}

/// The source of exchange rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RatesFrom {
    /// The built-in table of invented prices; only in a sandbox.
    Sandbox,
    /// A file that the server administrator maintains.
    File,
    /// An HTTP service.
    Http,
    /// No source: only refunds from a balance in the same currency are possible.
    None,
}

#[derive(Clone, Debug, Args)]
pub struct RateSettings {
    /// Where exchange rates come from. The default is 'sandbox' in a sandbox and 'none' in production.
    #[arg(long = "rates", env = "REQUITE_RATES", value_enum, help_heading = RATES)]
    pub from: Option<RatesFrom>,

    /// The file with the rates: {"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "1.08", "BTC": "97250"}}.
    #[arg(long = "rates-file", env = "REQUITE_RATES_FILE", required_if_eq("from", "file"), value_parser = existing_file, help_heading = RATES)]
    pub file: Option<PathBuf>,

    /// The URL of the rate service. If it contains '{currency}', it is requested once for each currency.
    #[arg(long = "rates-url", env = "REQUITE_RATES_URL", required_if_eq("from", "http"), value_parser = http_url, hide_env_values = true, help_heading = RATES)]
    pub url: Option<String>,

    /// A JSON pointer to the dollar price of a currency in the response, such as '/data/{currency}/usd'.
    #[arg(long = "rates-pointer", env = "REQUITE_RATES_POINTER", required_if_eq("from", "http"), value_parser = json_pointer, help_heading = RATES)]
    pub pointer: Option<String>,

    /// How long to wait for the rate service.
    #[arg(long = "rates-timeout", env = "REQUITE_RATES_TIMEOUT", default_value = "5s", value_parser = positive_duration, help_heading = RATES)]
    pub timeout: Duration,

    /// How often the rate service is requested.
    #[arg(long = "rates-every", env = "REQUITE_RATES_EVERY", default_value = "30s", value_parser = positive_duration, help_heading = RATES)]
    pub every: Duration,

    /// The maximum age of a rate from a file or service. Conversions with an older rate are refused.
    #[arg(long = "rates-max-age", env = "REQUITE_RATES_MAX_AGE", default_value = "10m", value_parser = positive_duration, help_heading = RATES)]
    pub max_age: Duration,

    /// How far the sandbox's rates move up and down, in percent.
    #[arg(long = "sandbox-rate-drift", env = "REQUITE_SANDBOX_RATE_DRIFT", default_value = "0.4", value_parser = percent, help_heading = SANDBOX)]
    pub sandbox_drift: Decimal,
}

impl Settings {
    /// The chain in use.
    pub fn chain(&self) -> ChainSetting {
        self.chain.unwrap_or(match (&self.networks, self.mode) {
            (Some(_), _) => ChainSetting::Networks,
            (None, Mode::Sandbox) => ChainSetting::Sandbox,
            (None, Mode::Production) => ChainSetting::None,
        })
    }

    /// Rejects what only a simulated chain can do. On test networks real coins move, and an invented payment could be
    /// refunded in them.
    pub fn require_simulation(&self) -> Result<(), DomainError> {
        self.mode.require_sandbox()?;
        match self.chain() {
            ChainSetting::Networks => {
                let message = "error-sandbox-only-networks";
                Err(DomainError::new(ErrorCode::SandboxOnly, message))
            }
            ChainSetting::Sandbox | ChainSetting::None => Ok(()),
        }
    }

    /// The refund policy of a merchant that has not set one.
    pub fn refund_policy(&self) -> RefundPolicy {
        let window_start = match self.refund_window_start {
            WindowStartSetting::Creation => WindowStart::Creation,
            WindowStartSetting::Expiry => WindowStart::Expiry,
        };
        // In a sandbox people try policies out.
        let loosening_delay = match self.mode {
            Mode::Sandbox => Duration::zero(),
            Mode::Production => Duration::hours(24),
        };
        RefundPolicy { loosening_delay, ..RefundPolicy::of_server(self.refund_window, window_start) }
    }

    /// The pause between two rounds of a worker that found nothing to do.
    pub fn worker_pause(&self) -> std::time::Duration {
        // The setting is not negative.
        self.worker_interval.to_std().unwrap_or_default()
    }

    /// The name under which this server takes work from the queues.
    pub fn server_name(&self) -> Cow<'_, str> {
        match &self.server_name {
            Some(name) => name.into(),
            None => rustix::system::uname().nodename().to_string_lossy().into_owned().into(),
        }
    }

    /// The address at which browsers reach the server, without a trailing slash.
    pub fn base_url(&self) -> String {
        let port = self.addr.port();
        match &self.public_url {
            Some(url) => url.clone(),
            None if self.addr.ip().is_unspecified() => format!("http://localhost:{port}"),
            None => format!("http://{}", self.addr),
        }
    }

    /// Whether browsers use https, so that cookies can be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
