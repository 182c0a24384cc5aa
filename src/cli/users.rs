//! `requite user`.

use super::{error::Error, merchants};
use crate::{
    config::Settings,
    domain::{
        names::Named,
        people::actor::{Actor, Role},
    },
    service::people::{members, password_reset, second_factor, team},
    state::Requite,
    store::people::team::User,
};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person. The password is read from the first line of standard input.
    Add {
        /// The e-mail address to sign in with.
        #[arg(long)]
        email: String,
        /// The name of the person.
        #[arg(long)]
        name: String,
        /// What the person may do: owner, admin, approver, operator or viewer.
        #[arg(long, default_value = "operator", value_parser = role)]
        role: Role,
        #[command(flatten)]
        settings: Settings,
    },
    /// List a merchant's team: role, state, two-factor authentication, e-mail address and name.
    List {
        #[command(flatten)]
        settings: Settings,
    },
    /// Change what a person may do.
    SetRole {
        /// What the person may do: owner, admin, approver, operator or viewer.
        #[arg(long, value_parser = role)]
        role: Role,
        #[command(flatten)]
        person: Person,
    },
    /// Disable a person who has left: they are signed out everywhere and cannot sign in any more.
    Disable(Person),
    /// Enable a disabled person again.
    Enable(Person),
    /// Set a new password, read from the first line of standard input. The person is signed out everywhere.
    SetPassword(Person),
    /// Sign a person out everywhere.
    SignOut(Person),
    /// Turn off two-factor authentication for a person who has lost both the app and the recovery codes. Verify their
    /// identity first.
    ResetSecondFactor(Person),
}

/// The person that a command is about.
#[derive(Debug, Args)]
pub struct Person {
    /// The e-mail address they sign in with.
    #[arg(long)]
    email: String,
    #[command(flatten)]
    settings: Settings,
}

impl Person {
    async fn open(self) -> Result<(Requite, Actor, User), Error> {
        let requite = Requite::open(self.settings).await?;
        let user = team::user(&requite.store, &self.email).await?;
        let operator = Actor::System { merchant: user.merchant_id };
        Ok((requite, operator, user))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("use owner, admin, approver, operator or viewer")]
struct UnknownRole;

fn role(name: &str) -> Result<Role, UnknownRole> {
    Role::parse(name).ok_or(UnknownRole)
}

fn password_from_input() -> Result<String, Error> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(Error::Password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

pub async fn run(command: UserCommand) -> Result<ExitCode, Error> {
    let requite = match command {
        UserCommand::Add { email, name, role, settings } => {
            let password = password_from_input()?;
            let requite = Requite::open(settings).await?;
            let context = requite.context();
            let merchant = merchants::chosen(&requite).await?;
            let user = team::add_user(&requite.store, &context, merchant.id, &email, &name, role, &password).await?;
            outln!("requite: {} can sign in as {}", user.email, user.role.as_str());
            requite
        }
        UserCommand::List { settings } => {
            let requite = Requite::open(settings).await?;
            let merchant = merchants::chosen(&requite).await?.id;
            list(&requite, &Actor::System { merchant }).await?;
            requite
        }
        UserCommand::SetRole { role, person } => {
            let (requite, operator, user) = person.open().await?;
            members::change_role(&requite.store, &requite.context(), &operator, user.id, role).await?;
            outln!("requite: {} is {} now", user.email, role.as_str());
            requite
        }
        UserCommand::Disable(person) => set_disabled(person, true).await?,
        UserCommand::Enable(person) => set_disabled(person, false).await?,
        UserCommand::SetPassword(person) => {
            let password = password_from_input()?;
            let (requite, operator, user) = person.open().await?;
            password_reset::set(&requite.store, &requite.context(), &operator, &user, &password).await?;
            outln!("requite: {} has a new password and is signed out everywhere", user.email);
            requite
        }
        UserCommand::SignOut(person) => {
            let (requite, operator, user) = person.open().await?;
            members::sign_out(&requite.store, &requite.context(), &operator, user.id).await?;
            outln!("requite: {} is signed out everywhere", user.email);
            requite
        }
        UserCommand::ResetSecondFactor(person) => {
            let (requite, _, user) = person.open().await?;
            if second_factor::reset(&requite.store, &requite.context(), &user.email).await? {
                outln!("requite: two-factor authentication is turned off; they can set it up again");
            } else {
                outln!("requite: two-factor authentication was not set up");
            }
            requite
        }
    };
    requite.store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn set_disabled(person: Person, disabled: bool) -> Result<Requite, Error> {
    let (requite, operator, user) = person.open().await?;
    members::set_disabled(&requite.store, &requite.context(), &operator, user.id, disabled).await?;
    let state = if disabled { "cannot sign in any more" } else { "can sign in again" };
    outln!("requite: {} {state}", user.email);
    Ok(requite)
}

async fn list(requite: &Requite, operator: &Actor) -> Result<(), Error> {
    for member in members::list(&requite.store, &requite.context(), operator).await? {
        let state = if member.user.disabled_at.is_some() { "disabled" } else { "enabled" };
        let factor = if member.has_second_factor { "two-factor" } else { "no two-factor" };
        let user = member.user;
        outln!("{:8}  {state:8}  {factor:13}  {}  {}", user.role.as_str(), user.email, user.name);
    }
    Ok(())
}
