//! `requite api-key`.

use super::{demo, error::Error};
use crate::{
    config::Settings,
    domain::{
        error::{DomainError, Field},
        ids::ApiKeyId,
        people::{
            actor::Actor,
            api_key::{NewApiKey, Overlap, Scopes},
        },
    },
    service::people::{api_key, team},
    state::Requite,
};
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// What can be done with API keys.
#[derive(Debug, Subcommand)]
pub enum ApiKeyCommand {
    /// Make a key. It is printed alone on standard output, for the only time.
    Create {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it is good for: read, payment, refund, approve, admin; several with spaces between.
        #[arg(long, default_value_t = Scopes::USUAL.to_string())]
        scopes: String,
        /// From where it may be used: addresses or ranges with spaces between. From everywhere without it.
        #[arg(long, default_value = "")]
        addresses: String,
        #[command(flatten)]
        owner: KeyOwner,
    },
    /// List the keys: id, how each begins, whether it works, what it is good for, name.
    List(KeyOwner),
    /// Make a key that takes another's place and is good for the same. It is printed alone on standard output.
    Replace {
        /// The old one's id, as 'requite api-key list' prints it.
        #[arg(long)]
        id: uuid::Uuid,
        /// How long the old one still works: none, 1h, 24h or 7d.
        #[arg(long, default_value = Overlap::Day.as_str(), value_parser = Overlap::parse)]
        overlap: Overlap,
        #[command(flatten)]
        owner: KeyOwner,
    },
    /// Stop a key for good, at once.
    Revoke {
        /// Its id, as 'requite api-key list' prints it.
        #[arg(long)]
        id: uuid::Uuid,
        #[command(flatten)]
        owner: KeyOwner,
    },
}

/// Whose keys.
#[derive(Debug, Args)]
pub struct KeyOwner {
    /// Whose; opened when it does not exist.
    #[arg(long, default_value = demo::MERCHANT)]
    merchant: String,
    #[command(flatten)]
    settings: Settings,
}

impl KeyOwner {
    async fn open(self) -> Result<(Requite, Actor), Error> {
        let requite = Requite::open(self.settings).await?;
        let merchant = team::merchant_named(&requite, &self.merchant).await?.id;
        Ok((requite, Actor::System { merchant }))
    }
}

pub async fn run(command: ApiKeyCommand) -> Result<ExitCode, Error> {
    let requite = match command {
        ApiKeyCommand::Create { name, scopes, addresses, owner } => {
            let new = NewApiKey::parse(&name, &scopes, &addresses).map_err(first)?;
            let (requite, operator) = owner.open().await?;
            println!("{}", api_key::create(&requite, &operator, &new).await?.1);
            requite
        }
        ApiKeyCommand::Replace { id, overlap, owner } => {
            let (requite, operator) = owner.open().await?;
            println!("{}", api_key::replace(&requite, &operator, ApiKeyId(id), overlap).await?.1);
            requite
        }
        ApiKeyCommand::List(owner) => {
            let (requite, operator) = owner.open().await?;
            list(&requite, &operator).await?;
            requite
        }
        ApiKeyCommand::Revoke { id, owner } => {
            let (requite, operator) = owner.open().await?;
            api_key::revoke(&requite, &operator, ApiKeyId(id)).await?;
            println!("requite: the key is revoked");
            requite
        }
    };
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn first(errors: Vec<DomainError>) -> DomainError {
    errors.into_iter().next().unwrap_or_else(|| DomainError::required(Field::Name))
}

async fn list(requite: &Requite, operator: &Actor) -> Result<(), Error> {
    let now = requite.context().now;
    for key in api_key::list(requite, operator).await? {
        let state = match (key.revoked_at, key.expires_at, key.last_used_at) {
            (Some(at), _, _) => format!("revoked {}", at.format("%Y-%m-%d")),
            (None, Some(at), _) if at <= now => format!("replaced {}", at.format("%Y-%m-%d")),
            (None, Some(at), _) => format!("ends {}", at.format("%Y-%m-%d %H:%M")),
            (None, None, Some(at)) => format!("used {}", at.format("%Y-%m-%d")),
            (None, None, None) => "never used".to_owned(),
        };
        println!("{}  {}…  {state:21}  {:27}  {}", key.id, key.hint, key.scopes.to_string(), key.name);
    }
    Ok(())
}
