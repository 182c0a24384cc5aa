//! Finds the rows of one customer, by the exact value and through the indexes of the search.

use crate::store::engine::{SearchSyntax, Value, listing::Conditions};
use crate::{
    domain::{
        customers::{CustomerKey, CustomerPart},
        ids::MerchantId,
    },
    values,
};

/// A `select` of ids, with `?` for values.
#[derive(Clone, Debug)]
struct Ids {
    sql: String,
    values: Vec<Value>,
}

impl Ids {
    /// Everything that is in one of two selects, once.
    fn or(self, other: Self) -> Self {
        Self { sql: format!("{} union {}", self.sql, other.sql), values: [self.values, other.values].concat() }
    }

    /// The newest rows of a table that belong to these payment intents.
    fn of_intents(self, table: &str, most: u32) -> Self {
        let sql = format!(
            "select id from (select theirs.id from ({}) as wanted join {table} theirs on theirs.intent_id = wanted.id
                order by theirs.created_at desc limit {}) as found",
            self.sql,
            most + 1
        );
        Self { sql, values: self.values }
    }
}

/// Finds the rows of one customer.
pub(super) struct Finder<'a> {
    pub merchant: MerchantId,
    pub key: &'a CustomerKey,
    pub syntax: SearchSyntax,
    /// How many rows of each kind are considered.
    pub most: u32,
}

impl Finder<'_> {
    /// The newest rows of a table that have the customer's key in this column. `condition` names what a partial index has.
    fn newest(&self, id: &str, table: &str, column: &str, condition: &str) -> Ids {
        let (order, byte_order) = (format!("order by created_at desc limit {}", self.most + 1), self.syntax.byte_order);
        let mut values = values![self.merchant];
        let is_theirs = match self.key {
            CustomerKey::Email(email) => {
                values.push(email.into());
                format!("{column}{byte_order} = ?")
            }
            CustomerKey::Address(address) => {
                values.push(address.to_ascii_lowercase().into());
                let in_any_case = format!("lower({column}{byte_order}) = ?");
                // The case of an EVM address is a checksum. In other addresses it makes the difference.
                if address.starts_with("0x") {
                    in_any_case
                } else {
                    values.push(address.into());
                    format!("{in_any_case} and {column} = ?")
                }
            }
        };
        let sql = format!(
            "select id from (select {id} as id from {table} where merchant_id = ? and {condition}{is_theirs} {order}) as found"
        );
        Ids { sql, values }
    }

    fn of_orders(&self) -> Ids {
        self.newest(
            "intent_id",
            "orders",
            "purchaser_email",
            "intent_id is not null and purchaser_email is not null and ",
        )
    }

    fn by_refunds(&self, id: &str) -> Ids {
        let column = match self.key {
            CustomerKey::Email(_) => "customer_email",
            CustomerKey::Address(_) => "address",
        };
        self.newest(id, "refunds", column, "")
    }

    fn by_sender(&self, id: &str) -> Ids {
        self.newest(id, "payments", "from_address", "from_address is not null and ")
    }

    fn intents(&self) -> Ids {
        let paid = match self.key {
            CustomerKey::Email(_) => self.of_orders(),
            CustomerKey::Address(_) => self.by_sender("intent_id"),
        };
        paid.or(self.by_refunds("intent_id"))
    }

    /// By e-mail address, those to the customer's payment intents: a payment itself has only a sender.
    fn payments(&self) -> Ids {
        match self.key {
            CustomerKey::Email(_) => self.intents().of_intents("payments", self.most),
            CustomerKey::Address(_) => self.by_sender("id"),
        }
    }

    fn refunds(&self) -> Ids {
        let own = self.by_refunds("id");
        match self.key {
            CustomerKey::Email(_) => own.or(self.of_orders().of_intents("refunds", self.most)),
            CustomerKey::Address(_) => own,
        }
    }

    fn notes(&self) -> Ids {
        self.intents().of_intents("intent_notes", self.most)
    }

    fn of_merchant(&self, Ids { sql, values }: Ids) -> Conditions {
        let [before, after] = self.syntax.id_among;
        let mut conditions = Conditions::new("merchant_id = ?", values![self.merchant]);
        conditions.and(&format!("{before}{sql}{after}"), values);
        conditions
    }

    fn of_payments(&self, condition: &str) -> Conditions {
        let mut conditions = self.of_merchant(self.payments());
        conditions.and(condition, vec![]);
        conditions
    }

    fn of_notes(&self) -> Conditions {
        let [before, after] = self.syntax.id_among;
        let Ids { sql, values } = self.notes();
        // They are found by intents of the merchant.
        Conditions::new(&format!("{before}{sql}{after}"), values)
    }

    /// The table of a list, and the rows that are in it.
    pub(super) fn list(&self, part: CustomerPart) -> (&'static str, Conditions) {
        match part {
            CustomerPart::Intents => ("payment_intents", self.of_merchant(self.intents())),
            CustomerPart::Payments => ("payments", self.of_payments("unsupported is null")),
            CustomerPart::Refunds => ("refunds", self.of_merchant(self.refunds())),
            CustomerPart::Unsupported => ("payments", self.of_payments("unsupported is not null")),
            CustomerPart::Notes => ("intent_notes", self.of_notes()),
        }
    }

    pub(super) fn payment_sums(&self) -> (String, Vec<Value>) {
        self.sums("select status, unsupported, currency, amount from payments", self.payments())
    }

    pub(super) fn refund_sums(&self) -> (String, Vec<Value>) {
        self.sums("select status, currency, amount from refunds", self.refunds())
    }

    fn sums(&self, columns: &str, ids: Ids) -> (String, Vec<Value>) {
        let tail = format!(" order by created_at desc, id desc limit {}", self.most + 1);
        self.of_merchant(ids).finish(columns, &tail)
    }

    /// Finds a row if there are more orders of the customer than are considered.
    pub(super) fn too_many_orders(&self) -> (String, Vec<Value>) {
        self.too_many(&[self.of_orders()])
    }

    /// The same for refunds.
    pub(super) fn too_many_refunds(&self) -> (String, Vec<Value>) {
        self.too_many(&[self.by_refunds("intent_id")])
    }

    /// The same for anything by which the rows of a list are found.
    pub(super) fn too_many_of_any(&self) -> (String, Vec<Value>) {
        let refunds = self.by_refunds("intent_id");
        match self.key {
            CustomerKey::Email(_) => self.too_many(&[self.of_orders(), refunds, self.payments()]),
            CustomerKey::Address(_) => self.too_many(&[self.by_sender("intent_id"), refunds]),
        }
    }

    fn too_many(&self, kinds: &[Ids]) -> (String, Vec<Value>) {
        let is_too_many = |ids: &Ids| format!("(select count(*) from ({}) as counted) > {}", ids.sql, self.most);
        let condition = kinds.iter().map(is_too_many).collect::<Vec<_>>().join(" or ");
        let values = kinds.iter().flat_map(|ids| ids.values.clone()).collect();
        Conditions::new(&condition, values).finish("select 1 as found", "")
    }
}
