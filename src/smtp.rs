//! Sends mail through an SMTP server.

use crate::{
    config::{Mode, Settings},
    domain::{
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
    #[error("REQUITE_SMTP_URL needs REQUITE_MAIL_FROM, the sender of mails")]
    NoSender,
    #[error("REQUITE_SMTP_URL needs REQUITE_PUBLIC_URL, the base URL of the links in mails")]
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

/// Why a mail cannot be composed, as a sentence that is shown with it.
#[derive(Debug, thiserror::Error)]
enum MessageError {
    #[error("This is not an address that mail can be sent to.")]
    Recipient(#[from] lettre::address::AddressError),
    #[error("The mail cannot be written: {0}.")]
    Content(#[from] lettre::error::Error),
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
            Err(error) => return SendOutcome::Refused(error.to_string()),
        };
        match tokio::time::timeout(TIMEOUT, self.transport.send(message)).await {
            Ok(Ok(_)) => SendOutcome::Sent,
            Ok(Err(error)) if is_final(&error) => SendOutcome::Refused(describe(&error)),
            Ok(Err(error)) => SendOutcome::Later(describe(&error)),
            Err(_) => {
                SendOutcome::Later(format!("The mail server did not answer within {} seconds.", TIMEOUT.as_secs()))
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
fn describe(error: &smtp::Error) -> String {
    let text = match error.status() {
        Some(_) => format!("The mail server said: {error}"),
        None if error.is_timeout() => "The mail server did not answer in time.".to_owned(),
        None => format!("The mail server cannot be reached: {error}"),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(RESPONSE_MAX).collect()
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
