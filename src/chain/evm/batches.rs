//! Several requests of one method that are sent together.

use super::rpc::{Answer, Node, Receipt, RpcError};
use alloy_primitives::B256;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// How many requests are sent together; some providers refuse more.
pub const BATCH: usize = 50;
/// Into how many parts requests are divided that were not answered together. A node that hangs is so waited for three
/// times; with halves it would be seven times.
const PARTS: usize = 8;

impl Node {
    /// Calls one method with several lists of parameters. The answers are in the same order; each can be an error of
    /// its own.
    pub async fn call_each<T: DeserializeOwned>(
        &self,
        method: &'static str,
        parameters: &[Json],
    ) -> Result<Vec<Result<T, RpcError>>, RpcError> {
        let mut results = Vec::with_capacity(parameters.len());
        for part in parameters.chunks(BATCH) {
            let request = |(id, of)| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": of });
            let body: Vec<Json> = part.iter().enumerate().map(request).collect();
            let mut answers: Vec<Answer> = self.post(method, &json!(body)).await?;
            answers.sort_by_key(|answer| answer.id);
            if !answers.iter().map(|answer| answer.id).eq((0..part.len()).map(Some)) {
                return Err(self.unexpected(method, "the answers are not those to the requests"));
            }
            results.extend(answers.into_iter().map(|answer| self.result(method, answer)));
        }
        Ok(results)
    }

    /// The same where every request needs its answer. What is not answered together is asked for in smaller parts,
    /// down to single requests: anybody can fill a block with events, and what a node answers at once is limited. A block
    /// that does not fit would stop the network for ever.
    pub async fn call_all<T: DeserializeOwned>(
        &self,
        method: &'static str,
        parameters: &[Json],
    ) -> Result<Vec<T>, RpcError> {
        let mut results = Vec::with_capacity(parameters.len());
        // The next one is the last.
        let mut parts: Vec<&[Json]> = parameters.chunks(BATCH).rev().collect();
        while let Some(part) = parts.pop() {
            let answered = self.call_each::<T>(method, part).await;
            match answered.and_then(|answers| answers.into_iter().collect::<Result<Vec<_>, _>>()) {
                Ok(answers) => results.extend(answers),
                Err(_) if part.len() > 1 => parts.extend(part.chunks(part.len().div_ceil(PARTS)).rev()),
                Err(error) => return Err(error),
            }
        }
        Ok(results)
    }

    /// The receipts of transactions; `None` for one that is in no block.
    pub async fn receipts(&self, hashes: &[B256]) -> Result<Vec<Option<Receipt>>, RpcError> {
        let parameters: Vec<Json> = hashes.iter().map(|hash| json!([hash])).collect();
        self.call_all("eth_getTransactionReceipt", &parameters).await
    }
}
