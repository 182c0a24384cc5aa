//! Files of networks, as `REQUITE_NETWORKS` names them.

use super::hd_wallet::HdWallet;

/// Base with this chain id, these nodes, and more lines. Deposits go to the tests' wallet.
pub fn base(chain_id: u64, nodes: &[&reqwest::Url], more: &str) -> String {
    let nodes: Vec<_> = nodes.iter().map(|url| format!("\"{url}\"")).collect();
    format!(
        "deposits = \"{}\"\nsigner = \"/nowhere\"\n[networks.BASE]\nchain-id = {chain_id}\nrpc = [{}]\n{more}",
        HdWallet::new().account(),
        nodes.join(", ")
    )
}
