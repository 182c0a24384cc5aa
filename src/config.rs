//! All settings. They come from environment variables or the command line; an invalid one prevents the start.

use crate::domain::{
    error::DomainError,
    money::{Money, currency::Currency},
    policy::{LONGEST, RefundPolicy, WindowStart},
};
use chrono::Duration;
use clap::{Args, ValueEnum};
use lettre::message::Mailbox;
use rust_decimal::Decimal;
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
};

/// Whether money is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Nothing real moves; sandbox calls work.
    Sandbox,
    /// Sandbox calls are refused.
    Production,
}

/// From when the refund window is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WindowStartSetting {
    /// From the making of the payment intent.
    Creation,
    /// From the end of its time to pay.
    Expiry,
}

/// The settings of a server.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// The database: 'sqlite:PATH' (made when missing) or 'postgres://USER:PASSWORD@HOST/NAME'.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:data/requite.db", value_parser = database_url, hide_env_values = true)]
    pub database_url: String,

    /// 'sandbox' plays, 'production' refuses sandbox calls.
    #[arg(long, env = "REQUITE_MODE", value_enum, default_value = "sandbox")]
    pub mode: Mode,

    /// The address and port to listen on.
    #[arg(long, env = "REQUITE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,

    /// The address that people's browsers see, when a proxy stands before the server. With https, cookies are sent over https only.
    #[arg(long, env = "REQUITE_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,

    /// How long after its start an intent can be refunded, such as '30d'.
    #[arg(long, env = "REQUITE_REFUND_WINDOW", default_value = "30d", value_parser = positive_duration)]
    pub refund_window: Duration,

    /// What the refund window is counted from.
    #[arg(long, env = "REQUITE_REFUND_WINDOW_START", value_enum, default_value = "creation")]
    pub refund_window_start: WindowStartSetting,

    /// How long the rate of a quote holds.
    #[arg(long, env = "REQUITE_QUOTE_LIFETIME", default_value = "60s", value_parser = positive_duration)]
    pub quote_lifetime: Duration,

    /// How long a new payment intent can be paid.
    #[arg(long, env = "REQUITE_INTENT_LIFETIME", default_value = "8h", value_parser = positive_duration)]
    pub intent_lifetime: Duration,

    /// Refunds worth at least so many US dollars are confirmed by typing the end of the address.
    #[arg(long, env = "REQUITE_TYPED_CONFIRMATION_FROM", default_value = "1000", value_parser = dollars)]
    pub typed_confirmation_from: Money,

    /// What is kept of a payment for processing it, in percent.
    #[arg(long, env = "REQUITE_PAYMENT_FEE_PERCENT", default_value = "0.9", value_parser = percent)]
    pub payment_fee_percent: Decimal,

    /// How long the sandbox takes to settle a refund.
    #[arg(long, env = "REQUITE_SANDBOX_DELAY", default_value = "3s", value_parser = duration)]
    pub sandbox_delay: Duration,

    /// How long a new payment intent waits for its deposit address.
    #[arg(long, env = "REQUITE_ADDRESS_DELAY", default_value = "1s", value_parser = duration)]
    pub address_delay: Duration,

    /// How often the workers look for work.
    #[arg(long, env = "REQUITE_WORKER_INTERVAL", default_value = "500ms", value_parser = positive_duration)]
    pub worker_interval: Duration,

    /// Let callbacks go to this machine too, and by http: to try them out. A production server refuses it.
    #[arg(long, env = "REQUITE_WEBHOOK_ALLOW_LOOPBACK", default_value_t = false)]
    pub webhook_allow_loopback: bool,

    /// How many requests a minute one API key may make of one server.
    #[arg(long, env = "REQUITE_API_RATE", default_value = "600")]
    pub api_rate: NonZeroU32,

    /// How long the API log keeps requests and answers.
    #[arg(long, env = "REQUITE_API_LOG_LIFETIME", default_value = "30d", value_parser = positive_duration)]
    pub api_log_lifetime: Duration,

    /// How callbacks of CoinGate's orders and refunds are written.
    #[arg(long, env = "REQUITE_COINGATE_CALLBACKS", value_enum, default_value = "form")]
    pub coingate_callbacks: CallbackFormat,

    /// The addresses that callbacks come from, with commas between: what shops that let nobody else in ask for.
    #[arg(long, env = "REQUITE_CALLBACK_IPS", value_delimiter = ',')]
    pub callback_ips: Vec<IpAddr>,

    /// How long a customer has to confirm the address of a refund.
    #[arg(long, env = "REQUITE_CONFIRMATION_LIFETIME", default_value = "24h", value_parser = positive_duration)]
    pub confirmation_lifetime: Duration,

    /// How mail is sent.
    #[command(flatten)]
    pub mail: MailSettings,

    /// Where the prices of coins come from.
    #[command(flatten)]
    pub rates: RateSettings,

    /// Trust the X-Forwarded-For header of a proxy: for counting attempts to sign in, and for API keys limited to addresses.
    #[arg(long, env = "REQUITE_TRUST_PROXY", default_value_t = false)]
    pub trust_proxy: bool,
}

/// How callbacks of CoinGate's orders and refunds are written; CoinGate lets each of its applications choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CallbackFormat {
    /// As a form, which is what shops' plugins read.
    Form,
    /// As JSON.
    Json,
}

/// The settings of mail to customers.
#[derive(Clone, Args)]
pub struct MailSettings {
    /// The mail server: 'smtps://USER:PASSWORD@HOST:465' or 'smtp://USER:PASSWORD@HOST:587?tls=required'. Without one a sandbox shows mails instead of sending them.
    // Parsed later (`mail.rs`): clap's errors quote the value, and this one contains a password.
    #[arg(long, env = "REQUITE_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    pub smtp_url: Option<String>,

    /// Whom mail is from: 'My shop <refunds@shop.example>'.
    #[arg(id = "mail_from", long = "mail-from", env = "REQUITE_MAIL_FROM", value_parser = mailbox)]
    pub from: Option<Mailbox>,
}

/// Leaves out the mail server's URL, which contains a password.
impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailSettings").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Which source of rates is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RatesFrom {
    /// The built-in table of invented prices; only in a sandbox.
    Sandbox,
    /// A file that an operator keeps.
    File,
    /// A service that is asked over HTTP.
    Http,
    /// None: only refunds from a balance in the same currency are possible.
    None,
}

/// The settings of the source of rates.
#[derive(Clone, Debug, Args)]
pub struct RateSettings {
    /// Where rates come from; without it the built-in table in a sandbox, and nowhere in production.
    #[arg(long = "rates", env = "REQUITE_RATES", value_enum)]
    pub from: Option<RatesFrom>,

    /// The file with the rates: {"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "1.08", "BTC": "97250"}}.
    #[arg(long = "rates-file", env = "REQUITE_RATES_FILE", required_if_eq("from", "file"), value_parser = existing_file)]
    pub file: Option<PathBuf>,

    /// The address that rates are asked at; with '{currency}' in it, once for each currency.
    #[arg(long = "rates-url", env = "REQUITE_RATES_URL", required_if_eq("from", "http"), value_parser = http_url, hide_env_values = true)]
    pub url: Option<String>,

    /// Where in the answer the dollar price of a currency is, as a JSON pointer such as '/data/{currency}/usd'.
    #[arg(long = "rates-pointer", env = "REQUITE_RATES_POINTER", required_if_eq("from", "http"), value_parser = json_pointer)]
    pub pointer: Option<String>,

    /// How long the answer to a question about rates is waited for.
    #[arg(long = "rates-timeout", env = "REQUITE_RATES_TIMEOUT", default_value = "5s", value_parser = positive_duration)]
    pub timeout: Duration,

    /// How often rates are asked for.
    #[arg(long = "rates-every", env = "REQUITE_RATES_EVERY", default_value = "30s", value_parser = positive_duration)]
    pub every: Duration,

    /// How old a rate from a file or service may be; after that conversions are refused.
    #[arg(long = "rates-max-age", env = "REQUITE_RATES_MAX_AGE", default_value = "10m", value_parser = positive_duration)]
    pub max_age: Duration,

    /// How far the sandbox's rates move up and down, in percent.
    #[arg(long = "sandbox-rate-drift", env = "REQUITE_SANDBOX_RATE_DRIFT", default_value = "0.4", value_parser = percent)]
    pub sandbox_drift: Decimal,
}

impl Settings {
    /// The refund policy of a merchant that has not set one.
    pub fn refund_policy(&self) -> RefundPolicy {
        let window_start = match self.refund_window_start {
            WindowStartSetting::Creation => WindowStart::Creation,
            WindowStartSetting::Expiry => WindowStart::Expiry,
        };
        RefundPolicy::of_server(self.refund_window, window_start)
    }

    /// Where browsers reach the server, without a trailing slash.
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

/// Why the value of a setting is refused. The command line writes it after the value, without its causes.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error("it must begin with 'sqlite:' or 'postgres://'")]
    Database,
    #[error("it must look like 'https://refunds.example.com', without a path")]
    PublicUrl,
    #[error("{0}; write for example '90s', '8h' or '30d'")]
    Duration(#[from] humantime::DurationError),
    #[error("it is too long")]
    TooLong(#[from] chrono::OutOfRangeError),
    #[error("it is longer than ten years")]
    LongerThanTenYears,
    #[error("it must be at least 1ms")]
    TooShort,
    #[error("there is no such file")]
    NoSuchFile,
    #[error("it must look like 'https://rates.example.com/v1/{{currency}}'")]
    RatesUrl,
    #[error("it must begin with '/'")]
    JsonPointer,
    #[error("it must be a number such as 0.9")]
    NotANumber(#[from] rust_decimal::Error),
    #[error("it must be between 0 and 100 with at most four decimals")]
    Percent,
    #[error("it has line breaks or control characters")]
    ControlCharacters,
    #[error("write 'refunds@shop.example' or 'My shop <refunds@shop.example>'")]
    Mailbox(#[from] lettre::address::AddressError),
}

fn database_url(text: &str) -> Result<String, SettingError> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    if known { Ok(text.to_owned()) } else { Err(SettingError::Database) }
}

fn public_url(text: &str) -> Result<String, SettingError> {
    let trimmed = text.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(trimmed.to_owned()),
        _ => Err(SettingError::PublicUrl),
    }
}

fn duration(text: &str) -> Result<Duration, SettingError> {
    let parsed = Duration::from_std(humantime::parse_duration(text)?)?;
    if parsed > LONGEST { Err(SettingError::LongerThanTenYears) } else { Ok(parsed) }
}

/// Parses a duration above zero.
fn positive_duration(text: &str) -> Result<Duration, SettingError> {
    let parsed = duration(text)?;
    if parsed < Duration::milliseconds(1) { Err(SettingError::TooShort) } else { Ok(parsed) }
}

fn existing_file(text: &str) -> Result<PathBuf, SettingError> {
    let path = PathBuf::from(text);
    if path.is_file() { Ok(path) } else { Err(SettingError::NoSuchFile) }
}

fn http_url(text: &str) -> Result<String, SettingError> {
    let sample = text.replace("{currency}", "BTC");
    match reqwest::Url::parse(&sample) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(text.to_owned()),
        _ => Err(SettingError::RatesUrl),
    }
}

fn json_pointer(text: &str) -> Result<String, SettingError> {
    if text.starts_with('/') { Ok(text.to_owned()) } else { Err(SettingError::JsonPointer) }
}

fn dollars(text: &str) -> Result<Money, DomainError> {
    Money::parse(text, Currency::Usd)
}

fn percent(text: &str) -> Result<Decimal, SettingError> {
    let percent = Decimal::from_str_exact(text)?;
    if percent >= Decimal::ZERO && percent < Decimal::ONE_HUNDRED && percent.scale() <= 4 {
        Ok(percent.normalize())
    } else {
        Err(SettingError::Percent)
    }
}

/// Parses a sender: an address, or a name with an address in angle brackets.
pub fn mailbox(text: &str) -> Result<Mailbox, SettingError> {
    if text.chars().any(char::is_control) {
        return Err(SettingError::ControlCharacters);
    }
    Ok(text.parse()?)
}
