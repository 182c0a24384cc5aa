//! What somebody has to know before the first call: the description in the document, and the top of the page that shows it.

/// A title and its paragraphs. Words between backticks are code; there is no other markup.
pub struct Section {
    /// What it is about; also, in small letters and with dashes, its place on the page.
    pub title: &'static str,
    /// What is said.
    pub paragraphs: &'static [&'static str],
}

/// What Requite is to a program, in one paragraph.
pub const SUMMARY: &str = "Payment intents in crypto currencies, the payments that arrive on them, and above all their refunds. The API has three \
     surfaces over the same data: Circle's and CoinGate's, so that clients written for either change only their base address, \
     and Requite's own for what neither has.";

/// The introduction.
pub const SECTIONS: &[Section] = &[
    Section {
        title: "Authentication",
        paragraphs: &[
            "Send an API key with every request: `Authorization: Bearer <key>` below `/v1`, `Authorization: Token <key>` below \
             `/v2` and `/api/v2`. Keys are made in the console under Settings, or with `requite api-key create`.",
            "A key has scopes, and each operation below names the one that it needs. A key without it gets 403.",
        ],
    },
    Section {
        title: "Idempotency",
        paragraphs: &[
            "What makes something takes a name for the request, a UUID that you choose: `idempotencyKey` in the body, the header \
             `Idempotency-Key`, or the same in both. The same request under the same name answers what it made the first time, so \
             repeating it after a lost answer is safe. Another request under the same name gets `idempotency_key_reused`: 409 as with \
             Circle, and 422 on Requite's own paths.",
            "CoinGate's surface knows the header alone, and there it may be left out.",
        ],
    },
    Section {
        title: "Errors",
        paragraphs: &[
            "Each surface tells errors in its own shape: `CircleError` below `/v1`, `CoinGateError` below `/v2`, and `Problem` \
             (RFC 9457, `application/problem+json`) on Requite's own paths: `/v1/refunds`, `/v1/quotes`, `/v1/webhookEndpoints` and \
             `/v1/webhookDeliveries`. All of them carry the same stable code, \
             in `requiteCode`, `code` and `requite_code`. Match on it; sentences may change.",
            "Everything that is wrong with a request is named at once, each with its place. A refused request has changed nothing.",
        ],
    },
    Section {
        title: "Amounts and times",
        paragraphs: &[
            "Amounts are texts with at most one point, such as `\"12.50\"`, in whole units of their currency. Times are ISO 8601 in UTC.",
        ],
    },
    Section {
        title: "Pages of lists",
        paragraphs: &[
            "Lists below `/v1` are paged by rows and begin with the newest: `pageSize` (at most 50), `pageAfter` and `pageBefore` \
             take the id of a row, `from` and `to` a time. The header `Link` has the next and the previous page ready; follow it, \
             and rows that are added meanwhile do not move your pages.",
            "CoinGate's lists are counted: `page` from 1 and `per_page` (at most 100).",
        ],
    },
    Section {
        title: "Limits",
        paragraphs: &[
            "Every answer to a key says what is left of its minute: `RateLimit-Policy: \"key\";q=<limit>;w=60` and \
             `RateLimit: \"key\";r=<left>;t=<seconds until it is full again>`. Beyond that comes 429 with `Retry-After`. Bodies are at \
             most 64 kB.",
            "Every answer has an `X-Request-Id`; name it when you ask for help.",
        ],
    },
];

/// The introduction as the description in the document.
pub fn markdown() -> String {
    let section = |section: &Section| format!("## {}\n\n{}", section.title, section.paragraphs.join("\n\n"));
    let sections = SECTIONS.iter().map(section);
    std::iter::once(SUMMARY.to_owned()).chain(sections).collect::<Vec<_>>().join("\n\n")
}
