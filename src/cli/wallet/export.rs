//! `requite wallet export`.

use super::{ExportFormat, Wallet, tell_of_foreign};
use crate::{
    chain::evm::wallet::{ACCOUNT_PATH, whole_path},
    cli::error::Error,
    store::intents::deposit_addresses::GivenTo,
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
            let (index, path) = (stored.index, whole_path(stored.index));
            match (format, &stored.given_to) {
                (ExportFormat::Csv, Some(GivenTo { network, merchant_id, order_number, .. })) => {
                    outln!("{index},{path},{address},{},{merchant_id},{order_number}", network.code());
                }
                // Left out, and perhaps known to a customer all the same.
                (ExportFormat::Csv, None) => outln!("{index},{path},{address},,,"),
                (ExportFormat::AddressBook, Some(GivenTo { network, order_number, .. })) => {
                    let settings = wallet.networks.networks.iter().find(|one| one.network == *network);
                    let chain_id = settings.map(|one| one.facts.chain_id.to_string()).unwrap_or_default();
                    outln!("{address},Order {order_number},{chain_id}");
                }
                (ExportFormat::AddressBook, None) => {
                    for settings in &wallet.networks.networks {
                        outln!("{address},Unassigned {index},{}", settings.facts.chain_id);
                    }
                }
                (ExportFormat::Descriptors, _) => {}
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
