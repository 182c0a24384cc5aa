//! How prepared transfers are written for the programs that sign them.

use super::{
    shown,
    sweep::{PreparedTransfer, SafeTransfer},
};
use crate::{config::networks::NetworkSettings, domain::money::currency::Currency};
use alloy_primitives::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

/// One line of a batch: everything that an offline signer needs, and the bytes that it signs. Numbers that can be larger
/// than 2^53 are strings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchLine<'a> {
    path: &'a str,
    from: String,
    /// The recipient of the coins.
    to: String,
    /// The token's contract, which the transaction calls; null for the native coin.
    contract: Option<String>,
    amount: String,
    coin: &'static str,
    /// The same amount for a person.
    shown: String,
    chain_id: u64,
    nonce: u64,
    gas: u64,
    max_fee_per_gas: String,
    max_priority_fee_per_gas: String,
    /// The most that the transaction costs, and what `from` lacks for it, in wei.
    fee: String,
    missing: String,
    /// The unsigned transaction (EIP-1559).
    unsigned: Bytes,
}

/// A transfer as one line of JSON.
pub fn batch_line(
    settings: &NetworkSettings,
    coin: Currency,
    transfer: &PreparedTransfer,
) -> Result<String, serde_json::Error> {
    let transaction = &transfer.transaction;
    serde_json::to_string(&BatchLine {
        path: &transfer.path,
        from: transfer.from.to_string(),
        to: transfer.to.to_string(),
        contract: transfer.contract.map(|contract| contract.to_string()),
        amount: transfer.amount.to_string(),
        coin: coin.coin_symbol(),
        shown: shown(settings.network, coin, transfer.amount),
        chain_id: transaction.chain_id,
        nonce: transaction.nonce,
        gas: transaction.gas_limit,
        max_fee_per_gas: transaction.max_fee_per_gas.to_string(),
        max_priority_fee_per_gas: transaction.max_priority_fee_per_gas.to_string(),
        fee: transfer.fee.to_string(),
        missing: transfer.missing.to_string(),
        unsigned: transaction.unsigned(),
    })
}

/// A transfer as a link for a wallet (EIP-681). It does not say who pays: the wallet must be set to the right address.
pub fn payment_link(transfer: &PreparedTransfer) -> String {
    let PreparedTransfer { to, amount, transaction, .. } = transfer;
    let chain_id = transaction.chain_id;
    match transfer.contract {
        Some(contract) => format!("ethereum:{contract}@{chain_id}/transfer?address={to}&uint256={amount}"),
        None => format!("ethereum:{to}@{chain_id}?value={amount}"),
    }
}

/// A transfer from a Safe, as its Transaction Builder imports it.
pub fn safe_batch(chain_id: u64, transfer: &SafeTransfer, now: DateTime<Utc>) -> serde_json::Value {
    let mut transaction =
        json!({ "to": transfer.call_to.to_string(), "value": transfer.value.to_string(), "data": null });
    if let (Some((recipient, units)), Some(members)) = (transfer.token, transaction.as_object_mut()) {
        let input = |name, kind| json!({ "internalType": kind, "name": name, "type": kind });
        let inputs = [input("to", "address"), input("value", "uint256")];
        members.insert("contractMethod".to_owned(), json!({ "inputs": inputs, "name": "transfer", "payable": false }));
        members.insert(
            "contractInputsValues".to_owned(),
            json!({ "to": recipient.to_string(), "value": units.to_string() }),
        );
    }
    json!({
        "version": "1.0",
        "chainId": chain_id.to_string(),
        "createdAt": now.timestamp_millis(),
        "meta": {
            "name": "Transfer prepared by Requite",
            "description": "",
            "createdFromSafeAddress": transfer.safe.to_string(),
            "createdFromOwnerAddress": "",
        },
        "transactions": [transaction],
    })
}
