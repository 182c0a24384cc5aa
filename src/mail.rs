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
    transport::smtp::{AsyncSmtpTransportBuilder, Error},
};
use std::time::Duration;
use url::Url;

/// Timeout of a single SMTP command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(15);
/// Timeout of a whole delivery.
pub const TIMEOUT: Duration = Duration::from_secs(60);
/// Maximum length kept of a server's response.
const RESPONSE_MAX: usize = 300;

/// An SMTP client.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Creates the client if the settings name a server; the error describes what is wrong with them.
    pub fn of(settings: &Settings) -> Result<Option<Self>, String> {
        let mail = &settings.mail;
        let Some(url) = &mail.smtp_url else { return Ok(None) };
        let from = mail.from.clone().ok_or("REQUITE_SMTP_URL needs REQUITE_MAIL_FROM: whom mail is from")?;
        if settings.mode == Mode::Production && settings.public_url.is_none() {
            return Err("REQUITE_SMTP_URL needs REQUITE_PUBLIC_URL: mail has links, and this is where they lead".into());
        }
        let transport = server(url).map_err(|problem| format!("REQUITE_SMTP_URL: {problem}"))?;
        let transport = transport.timeout(Some(COMMAND_TIMEOUT)).build();
        Ok(Some(Self { transport, from }))
    }

    /// Sends a mail. Its id is in a header and the same in every attempt, so that mail programs can detect duplicates.
    pub async fn send(&self, id: MailId, content: &MailBody, now: DateTime<Utc>) -> SendOutcome {
        let message = match self.message(id, content, now) {
            Ok(message) => message,
            Err(problem) => return SendOutcome::Refused(problem),
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

    fn message(&self, id: MailId, content: &MailBody, now: DateTime<Utc>) -> Result<Message, String> {
        let to = content.to.parse().map_err(|_| "This is not an address that mail can be sent to.")?;
        let message = Message::builder()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .date(now.into())
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(content.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(content.text.clone());
        message.map_err(|error| format!("The mail cannot be written: {error}."))
    }
}

/// Whether the error is permanent. A failed authentication (RFC 4954: 530 to 538) is temporary, since the settings can
/// be corrected.
fn is_final(error: &Error) -> bool {
    let code = error.status().map(u16::from);
    error.is_permanent() && !code.is_some_and(|code| (530..=538).contains(&code))
}

/// Describes an error without the settings, which contain a password.
fn describe(error: &Error) -> String {
    let text = match error.status() {
        Some(_) => format!("The mail server said: {error}"),
        None if error.is_timeout() => "The mail server did not answer in time.".to_owned(),
        None => format!("The mail server cannot be reached: {error}"),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(RESPONSE_MAX).collect()
}

/// Parses the URL of a mail server; the error never contains the password. Unencrypted passwords are allowed only to
/// the local machine.
fn server(text: &str) -> Result<AsyncSmtpTransportBuilder, String> {
    let example = "write 'smtps://USER:PASSWORD@HOST:465' or 'smtp://USER:PASSWORD@HOST:587?tls=required'";
    let url = Url::parse(text).map_err(|error| format!("it is no address ({error}); {example}"))?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| format!("it names no host; {example}"))?;
    if !matches!(url.scheme(), "smtp" | "smtps") {
        return Err(format!("it must begin with 'smtps://' or 'smtp://'; {example}"));
    }
    let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    if let Some(unknown) = tls.as_deref().filter(|tls| !matches!(*tls, "required" | "opportunistic")) {
        return Err(format!("'tls={unknown}' is unknown: it is 'required' or 'opportunistic'"));
    }
    let is_safe = url.scheme() == "smtps" || tls.as_deref() == Some("required");
    if url.password().is_some() && !is_safe && !matches!(host, "127.0.0.1" | "[::1]" | "localhost") {
        return Err("the password would travel in the clear: use 'smtps://', or add '?tls=required'".to_owned());
    }
    if url.password().is_none() && !url.username().is_empty() {
        return Err(format!("it has a user and no password; {example}"));
    }
    AsyncSmtpTransport::<Tokio1Executor>::from_url(text).map_err(|error| format!("{error}; {example}"))
}
