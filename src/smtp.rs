//! Sends mail through an SMTP server.

use crate::{
    config::{Mode, Settings},
    domain::{
        error::ErrorText,
        ids::MailId,
        mail::{MailBody, SendOutcome},
    },
};
use chrono::{DateTime, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{self, AsyncSmtpTransportBuilder},
};
use std::time::Duration;
use url::Url;

/// Timeout of a single SMTP command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(15);
/// Timeout of a whole delivery.
pub const TIMEOUT: Duration = Duration::from_secs(60);
/// Maximum length kept of a server's response.
const RESPONSE_MAX: usize = 300;

/// What is wrong with the mail settings. It never contains the password.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("REQUITE_SMTP_URL needs REQUITE_MAIL_FROM, the sender of e-mails")]
    NoSender,
    #[error("REQUITE_SMTP_URL needs REQUITE_PUBLIC_URL, the base URL of the links in e-mails")]
    NoPublicUrl,
    #[error("REQUITE_SMTP_URL")]
    Server(#[from] ServerError),
}

const EXAMPLE: &str = "write 'smtps://USER:PASSWORD@HOST:465' or 'smtp://USER:PASSWORD@HOST:587?tls=required'";

/// What is wrong with the URL of a mail server.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error("it is not a URL ({0}); {EXAMPLE}")]
    NotAUrl(#[from] url::ParseError),
    #[error("it contains no host; {EXAMPLE}")]
    NoHost,
    #[error("it must begin with 'smtps://' or 'smtp://'; {EXAMPLE}")]
    Scheme,
    #[error("'tls={0}' is unknown: use 'required' or 'opportunistic'")]
    Tls(String),
    #[error("the password would be sent unencrypted: use 'smtps://', or add '?tls=required'")]
    Unencrypted,
    #[error("it contains a user but no password; {EXAMPLE}")]
    NoPassword,
    #[error("{0}; {EXAMPLE}")]
    Transport(#[from] smtp::Error),
}

/// Why a mail cannot be composed.
enum MessageError {
    Recipient,
    Content(lettre::error::Error),
}

impl From<lettre::address::AddressError> for MessageError {
    fn from(_: lettre::address::AddressError) -> Self {
        Self::Recipient
    }
}

impl From<lettre::error::Error> for MessageError {
    fn from(error: lettre::error::Error) -> Self {
        Self::Content(error)
    }
}

impl MessageError {
    /// The sentence that is shown with the mail.
    fn text(&self) -> ErrorText {
        match self {
            Self::Recipient => ErrorText::new("mail-problem-recipient"),
            Self::Content(error) => ErrorText::new("mail-problem-content").with("cause", error.to_string()),
        }
    }
}

/// An SMTP client.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Creates the client if the settings contain a mail server; the error describes what is wrong with them.
    pub fn of(settings: &Settings) -> Result<Option<Self>, Error> {
        let mail = &settings.mail;
        let Some(url) = &mail.smtp_url else { return Ok(None) };
        let from = mail.from.clone().ok_or(Error::NoSender)?;
        if settings.mode == Mode::Production && settings.public_url.is_none() {
            return Err(Error::NoPublicUrl);
        }
        let transport = server(url)?.timeout(Some(COMMAND_TIMEOUT)).build();
        Ok(Some(Self { transport, from }))
    }

    /// Sends a mail. Its id is in a header and the same in every attempt, so that mail programs can detect duplicates.
    pub async fn send(&self, id: MailId, content: &MailBody, now: DateTime<Utc>) -> SendOutcome {
        let message = match self.message(id, content, now) {
            Ok(message) => message,
            Err(error) => return SendOutcome::Refused(error.text()),
        };
        match tokio::time::timeout(TIMEOUT, self.transport.send(message)).await {
            Ok(Ok(_)) => SendOutcome::Sent,
            Ok(Err(error)) if is_final(&error) => SendOutcome::Refused(describe(&error)),
            Ok(Err(error)) => SendOutcome::Later(describe(&error)),
            Err(_) => {
                let text = ErrorText::new("mail-problem-timed-out");
                SendOutcome::Later(text.with("seconds", TIMEOUT.as_secs().to_string()))
            }
        }
    }

    fn message(&self, id: MailId, content: &MailBody, now: DateTime<Utc>) -> Result<Message, MessageError> {
        let to = content.to.parse()?;
        let message = Message::builder()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .date(now.into())
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(content.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(content.text.clone());
        Ok(message?)
    }
}

/// Whether the error is permanent. A failed authentication (RFC 4954: 530 to 538) is temporary, since the settings can
/// be corrected.
fn is_final(error: &smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    error.is_permanent() && !code.is_some_and(|code| (530..=538).contains(&code))
}

/// Describes an error without the settings, which contain a password.
fn describe(error: &smtp::Error) -> ErrorText {
    let id = match error.status() {
        Some(_) => "mail-problem-refused",
        None if error.is_timeout() => return ErrorText::new("mail-problem-no-answer"),
        None => "mail-problem-unreachable",
    };
    let cause = error.to_string();
    let cause: String = cause.chars().map(|c| if c.is_control() { ' ' } else { c }).take(RESPONSE_MAX).collect();
    ErrorText::new(id).with("cause", cause)
}

/// Parses the URL of a mail server; the error never contains the password. Unencrypted passwords are allowed only to
/// the local machine.
fn server(text: &str) -> Result<AsyncSmtpTransportBuilder, ServerError> {
    let url = Url::parse(text)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(ServerError::NoHost)?;
    if !matches!(url.scheme(), "smtp" | "smtps") {
        return Err(ServerError::Scheme);
    }
    let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    if let Some(unknown) = tls.as_deref().filter(|tls| !matches!(*tls, "required" | "opportunistic")) {
        return Err(ServerError::Tls(unknown.to_owned()));
    }
    let is_safe = url.scheme() == "smtps" || tls.as_deref() == Some("required");
    if url.password().is_some() && !is_safe && !matches!(host, "127.0.0.1" | "[::1]" | "localhost") {
        return Err(ServerError::Unencrypted);
    }
    if url.password().is_none() && !url.username().is_empty() {
        return Err(ServerError::NoPassword);
    }
    Ok(AsyncSmtpTransport::<Tokio1Executor>::from_url(text)?)
}
