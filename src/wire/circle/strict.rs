//! The shapes of the vendor's older OpenAPI file, for clients that validate every response, such as PyPI's `circle-sdk`. They
//! have fewer currencies, networks and statuses. What they cannot express is left out, since one such value would make the
//! client reject a whole list.

use serde_json::Value;

/// The currencies of payment intents and payments.
const CURRENCIES: &[&str] = &["USD", "BTC", "ETH"];
/// The currencies of balances and network fees.
const BALANCES: &[&str] = &["USD", "EUR", "BTC", "ETH"];
/// The currency of a settlement.
const SETTLEMENT: &[&str] = &["USD"];
/// The networks, as far as Requite has them.
const CHAINS: &[&str] =
    &["ALGO", "ARB", "AVAX", "BASE", "BTC", "ETH", "HBAR", "NEAR", "NOBLE", "OP", "POLY", "SOL", "TRX", "XLM"];

/// Fits a response to the shapes: removes members of resources, and whole resources from a list.
pub fn fit(response: &mut Value) {
    match response.get_mut("data") {
        Some(Value::Array(resources)) => resources.retain_mut(fit_resource),
        Some(resource) => {
            fit_resource(resource);
        }
        None => {}
    }
}

/// Removes what can be left out of a resource. Returns whether the rest can be expressed.
fn fit_resource(resource: &mut Value) -> bool {
    if resource.get("depositAddress").is_some() {
        keep_if(resource, "settlementAmount", |amount| is_one_of(&amount["currency"], SETTLEMENT));
        keep_if(resource, "fees", |fees| is_one_of(&fees["currency"], SETTLEMENT));
        keep_if(resource, "networkFees", |fees| is_one_of(&fees["currency"], BALANCES));
        keep_if(resource, "fromAddresses", |addresses| is_one_of(&addresses["chain"], CHAINS));
        keep_if(resource, "depositAddress", |address| is_one_of(&address["chain"], CHAINS));
        return is_one_of(&resource["amount"]["currency"], CURRENCIES);
    }
    if resource.get("paymentMethods").is_some() {
        retain(resource, "timeline", |step| step["status"] != "active");
        retain(resource, "paymentMethods", |method| is_one_of(&method["chain"], CHAINS));
        let currency = resource.get("currency").unwrap_or(&resource["amount"]["currency"]);
        let has_methods = resource["paymentMethods"].as_array().is_some_and(|methods| !methods.is_empty());
        return has_methods
            && [currency, &resource["settlementCurrency"]].iter().all(|code| is_one_of(code, CURRENCIES));
    }
    for balances in ["available", "unsettled"] {
        retain(resource, balances, |amount| is_one_of(&amount["currency"], BALANCES));
    }
    // An entry of the address book, or something that these shapes do not limit.
    resource.get("chain").is_none_or(|chain| is_one_of(chain, CHAINS))
}

fn is_one_of(value: &Value, known: &[&str]) -> bool {
    value.as_str().is_some_and(|text| known.contains(&text))
}

fn keep_if(resource: &mut Value, name: &str, fits: impl FnOnce(&Value) -> bool) {
    if let Some(members) = resource.as_object_mut()
        && members.get(name).is_some_and(|member| !fits(member))
    {
        members.remove(name);
    }
}

fn retain(resource: &mut Value, name: &str, fits: impl Fn(&Value) -> bool) {
    if let Some(items) = resource.get_mut(name).and_then(Value::as_array_mut) {
        items.retain(fits);
    }
}
