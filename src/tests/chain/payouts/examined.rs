//! What `requite doctor` says of the signer.

use super::*;
use crate::support::flaky_node::Fault;
use requite::{
    chain::evm::examine::{Finding, Level, examine_all, signer::add_signers},
    texts::errors::english_text,
};

pub(super) async fn of_signer(rig: &Rig) -> Finding {
    let mut findings = all(rig).await;
    findings.retain(|finding| english_text(&finding.about) == format!("signer of {}", rig.sender.address));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

async fn all(rig: &Rig) -> Vec<Finding> {
    let networks = rig.app.requite.settings.networks.as_ref().unwrap();
    let mut examinations = examine_all(networks, Utc::now()).await.unwrap();
    add_signers(networks, Some(rig.app.store()), &mut examinations).await.unwrap();
    examinations.remove(0).findings
}

pub(super) fn assert_finding(finding: &Finding, level: Level, text: &str) {
    assert_eq!(finding.level, level, "{finding:?}");
    assert!(english_text(&finding.text).contains(text), "{finding:?}");
    assert_eq!(finding.advice.is_none(), level == Level::Ok, "{finding:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_signer_is_asked_for_its_key_and_its_policy() {
    let mut rig = Rig::new(Engine::Sqlite).await;
    let allowed = policy(&rig.anvil);
    assert_finding(&of_signer(&rig).await, Level::Ok, "it has the key");
    rig.signer_client().lock().await.unwrap();
    assert_finding(&of_signer(&rig).await, Level::Warning, "it is locked");
    // A node that does not answer is no fault of the signer, which is still said to be locked.
    rig.proxy.set("eth_call", Fault::Refuse);
    assert_finding(&of_signer(&rig).await, Level::Warning, "it is locked");
    let mut of_nodes = all(&rig).await;
    of_nodes.retain(|finding| english_text(&finding.about) == "nodes");
    assert_finding(&of_nodes[0], Level::Warning, "no node reports the domains of the tokens");
    rig.proxy.heal();
    let tether = format!("contract = \"{}\"", rig.anvil.contracts.tether);
    rig.restart_signer(&allowed.replace(&tether, &format!("contract = \"{}\"", Address::repeat_byte(1)))).await;
    assert_finding(&of_signer(&rig).await, Level::Warning, "its policy does not have USDT");
    rig.restart_signer(&allowed.replace("USD Coin", "Another Coin")).await;
    assert_finding(&of_signer(&rig).await, Level::Wrong, "a different 'domain'");
    let usdc = &rig.anvil.contracts.usdc;
    let domain = format!("domain = {{ name = \"{}\", version = \"{}\" }}", usdc.name, usdc.version);
    assert!(allowed.contains(&domain));
    rig.restart_signer(&allowed.replacen(&domain, "", 1)).await;
    assert_finding(&of_signer(&rig).await, Level::Wrong, "no 'domain' for USDC");
    rig.restart_signer(&allowed.replace(&CHAIN.to_string(), "1")).await;
    assert_finding(&of_signer(&rig).await, Level::Warning, "its policy has no network 31337");
    rig.signer.take().unwrap().stop().await;
    assert_finding(&of_signer(&rig).await, Level::Warning, "does not respond");
    std::fs::remove_file(rig.folder.path().join("memory.db")).unwrap();
    rig.sender = rig.anvil.contracts.accounts.stranger.clone();
    rig.restart_signer(&allowed).await;
    rig.sender = rig.anvil.contracts.accounts.merchant.clone();
    assert_finding(&of_signer(&rig).await, Level::Wrong, "the settings say that");
}
