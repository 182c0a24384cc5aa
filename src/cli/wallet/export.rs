//! `requite wallet export`.

use super::{ExportFormat, Wallet, tell_of_foreign};
use crate::{
    chain::evm::wallet::{ACCOUNT_PATH, whole_path},
    cli::error::Error,
};
use serde_json::json;
use std::process::ExitCode;

pub async fn run(wallet: &Wallet, format: ExportFormat) -> Result<ExitCode, Error> {
    let (mut first, mut last, mut own, mut foreign) = (None, None, 0_u64, 0);
    match format {
        ExportFormat::Csv => outln!("index,path,address,network,merchant_id,order"),
        // What Safe{Wallet} exports and imports.
        ExportFormat::AddressBook => outln!("address,name,chainId"),
        ExportFormat::Descriptors => {}
    }
    let mut after = None;
    loop {
        let page = wallet.page(after).await?;
        let Some((end, _)) = page.last() else { break };
        after = Some(end.index);
        for (stored, address) in &page {
            let Some(address) = address else {
                foreign += 1;
                continue;
            };
            own += 1;
            first.get_or_insert(stored.index);
            last = Some(stored.index);
            let (index, order) = (stored.index, stored.order_number);
            match format {
                ExportFormat::Csv => {
                    let (path, network) = (whole_path(index), stored.network.code());
                    outln!("{index},{path},{address},{network},{},{order}", stored.merchant_id);
                }
                ExportFormat::AddressBook => {
                    let settings = wallet.networks.networks.iter().find(|one| one.network == stored.network);
                    let chain_id = settings.map(|one| one.facts.chain_id.to_string()).unwrap_or_default();
                    outln!("{address},Order {order},{chain_id}");
                }
                ExportFormat::Descriptors => {}
            }
        }
    }
    if format == ExportFormat::Descriptors {
        let descriptors = json!({
            "account": wallet.networks.deposits.to_string(),
            "accountPath": ACCOUNT_PATH,
            "addressPath": format!("{ACCOUNT_PATH}/0/*"),
            "firstIndex": first,
            "lastIndex": last,
            "addresses": own,
        });
        outln!("{descriptors:#}");
    }
    tell_of_foreign(foreign);
    wallet.store.close().await;
    Ok(ExitCode::SUCCESS)
}
