//! `requite api-key`.

use super::{error::Error, merchants};
use crate::{
    config::{SettingError, Settings},
    domain::{
        error::{DomainError, Field},
        ids::ApiKeyId,
        names::Named,
        people::{
            actor::Actor,
            api_key::{NewApiKey, RotationPeriod, Scopes},
        },
        text::revealed,
    },
    service::people::{api_key, team},
    state::Requite,
};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum ApiKeyCommand {
    /// Create a key. It is printed once, alone on standard output.
    Create {
        /// What the key is for, such as the name of the program that uses it.
        #[arg(long)]
        name: String,
        /// What the key may do: read, payment, refund, approve, admin; separate several with spaces.
        #[arg(long, default_value_t = Scopes::USUAL.to_string())]
        scopes: String,
        /// The IP addresses or ranges that may use the key, separated by spaces. Without it, every address may.
        #[arg(long, default_value = "")]
        addresses: String,
        /// The e-mail address of the person who answers for what the key does. A key without one can create refunds, but
        /// not approve them.
        #[arg(long)]
        person: Option<String>,
        /// How callbacks about orders and refunds of CoinGate's API are sent that the key creates: form or json. Without
        /// it, as the server is set.
        #[arg(long, default_value = "", hide_default_value = true)]
        callback_format: String,
        /// Responses on Circle's surface keep to the vendor's older OpenAPI file, for clients that validate them, such as
        /// the Python package circle-sdk. What it cannot express is left out.
        #[arg(long)]
        strict_circle: bool,
        #[command(flatten)]
        owner: KeyOwner,
    },
    /// List the keys with ID, first characters, status, scopes and name.
    List(KeyOwner),
    /// Create a key with the same settings that replaces an old one. It is printed once, alone on standard
    /// output.
    Replace {
        /// The ID of the old key, as 'requite api-key list' prints it.
        #[arg(long)]
        id: uuid::Uuid,
        /// How long the old key stays valid: none, 1h, 24h or 7d.
        #[arg(long, default_value = RotationPeriod::Day.as_str(), value_parser = overlap)]
        overlap: RotationPeriod,
        #[command(flatten)]
        owner: KeyOwner,
    },
    /// Revoke a key permanently, with immediate effect.
    Revoke {
        /// The ID of the key, as 'requite api-key list' prints it.
        #[arg(long)]
        id: uuid::Uuid,
        #[command(flatten)]
        owner: KeyOwner,
    },
}

/// The merchant that a key belongs to.
#[derive(Debug, Args)]
pub struct KeyOwner {
    #[command(flatten)]
    settings: Settings,
}

impl KeyOwner {
    async fn open(self) -> Result<(Requite, Actor), Error> {
        let requite = Requite::open(self.settings).await?;
        let merchant = merchants::chosen(&requite).await?.id;
        Ok((requite, Actor::System { merchant }))
    }
}

pub async fn run(command: ApiKeyCommand) -> Result<ExitCode, Error> {
    let requite = match command {
        ApiKeyCommand::Create { name, scopes, addresses, person, callback_format, strict_circle, owner } => {
            let new = NewApiKey::parse(&name, &scopes, &addresses, &callback_format).map_err(first)?;
            let new = new.with_strict_circle(strict_circle);
            let (requite, operator) = owner.open().await?;
            let (context, mode) = (requite.context(), requite.settings.mode);
            let maker = match person {
                Some(email) => Some(team::member(&requite.store, operator.merchant(), &email).await?.id),
                None => None,
            };
            outln!("{}", api_key::create_for(&requite.store, &context, mode, &operator, &new, maker).await?.1);
            requite
        }
        ApiKeyCommand::Replace { id, overlap, owner } => {
            let (requite, operator) = owner.open().await?;
            let (context, mode) = (requite.context(), requite.settings.mode);
            let made = api_key::replace(&requite.store, &context, mode, &operator, ApiKeyId(id), overlap).await?;
            outln!("{}", made.1);
            requite
        }
        ApiKeyCommand::List(owner) => {
            let (requite, operator) = owner.open().await?;
            list(&requite, &operator).await?;
            requite
        }
        ApiKeyCommand::Revoke { id, owner } => {
            let (requite, operator) = owner.open().await?;
            api_key::revoke(&requite.store, &requite.context(), &operator, ApiKeyId(id)).await?;
            outln!("requite: the key is revoked");
            requite
        }
    };
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn overlap(text: &str) -> Result<RotationPeriod, SettingError> {
    RotationPeriod::parse(text).map_err(SettingError::Refused)
}

fn first(errors: Vec<DomainError>) -> DomainError {
    errors.into_iter().next().unwrap_or_else(|| DomainError::required(Field::Name))
}

async fn list(requite: &Requite, operator: &Actor) -> Result<(), Error> {
    let now = requite.context().now;
    for key in api_key::list(&requite.store, operator).await? {
        let state = match (key.revoked_at, key.expires_at, key.last_used_at) {
            (Some(at), _, _) => format!("revoked {}", at.format("%Y-%m-%d")),
            (None, Some(at), _) if at <= now => format!("replaced {}", at.format("%Y-%m-%d")),
            (None, Some(at), _) => format!("ends {}", at.format("%Y-%m-%d %H:%M")),
            (None, None, Some(at)) => format!("used {}", at.format("%Y-%m-%d")),
            (None, None, None) => "never used".to_owned(),
        };
        outln!("{}  {}…  {state:21}  {:27}  {}", key.id, key.hint, key.scopes.to_string(), revealed(&key.name));
    }
    Ok(())
}
