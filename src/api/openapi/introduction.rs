//! The introduction for integrators: the `description` of the document, and the first part of the page that shows it.

/// A title and its paragraphs. Words between backticks are code; there is no other markup.
pub struct Section {
    /// The title. In lower case and with dashes, it is also the section's anchor on the page.
    pub title: &'static str,
    pub paragraphs: &'static [&'static str],
}

/// The API in one paragraph.
pub const SUMMARY: &str = "Payment intents in cryptocurrencies, their payments, and above all their refunds. The API \
     has three surfaces over the same data: Circle's and CoinGate's, so that a client written for either changes only \
     its base address, and Requite's own for what neither has.";

/// The introduction.
pub const SECTIONS: &[Section] = &[
    Section {
        title: "Authentication",
        paragraphs: &[
            "Send an API key with every request: `Authorization: Bearer <key>`. Below `/v2` and `/api/v2`, \
             `Authorization: Token <key>` does the same. Create keys on the console's page 'API keys', or with \
             `requite api-key create`.",
            "A key has scopes. Each operation names the scope that it needs; a key without it gets 403.",
        ],
    },
    Section {
        title: "Idempotency",
        paragraphs: &[
            "To create a payment intent, a refund or a recipient, send an idempotency key that you choose: \
             `idempotencyKey` in the body, the header `Idempotency-Key`, or the same key in both. The same request with \
             the same key returns what the first one created, so it is safe to repeat a request whose response was \
             lost. A request that says anything else with the same key gets `idempotency_key_reused`: 422 on Requite's \
             own paths, 409 on the others.",
            "On Circle's surface the key is required and must be a UUID, as in Circle's API. On Requite's own paths it is \
             optional, and any text of up to 255 characters; the response to a repeated request has \
             `Idempotent-Replayed: true`. CoinGate's surface reads the same from the header, only for refunds.",
        ],
    },
    Section {
        title: "Errors",
        paragraphs: &[
            "Each surface has its own error schema: `CircleError` below `/v1`, `CoinGateError` below `/v2`, and \
             `Problem` (RFC 9457, `application/problem+json`) on Requite's own paths: `/v1/refunds`, `/v1/quotes`, \
             `/v1/statements`, `/v1/webhookEndpoints` and `/v1/webhookDeliveries`. All contain the same stable code: `requiteCode` in \
             `CircleError`, `requite_code` in `CoinGateError`, `code` in `Problem`. Match on the code; messages may \
             change.",
            "A response reports everything that is wrong with a request, and where. A refused request changes nothing.",
            "On Requite's own paths, a parameter or member that does not exist is refused, and so is one of a body of the \
             sandbox's operations. The other operations ignore it, since the vendors' clients send more than Requite \
             knows. JSON in which an object has a member twice is refused everywhere.",
        ],
    },
    Section {
        title: "Amounts and times",
        paragraphs: &[
            "Amounts are decimal numbers as strings, such as `\"12.50\"`, in whole units of their currency. Times are \
             ISO 8601 in UTC.",
        ],
    },
    Section {
        title: "Pages of lists",
        paragraphs: &[
            "Lists below `/v1` are paged by cursor, the newest first. `pageSize` is at most 50, `pageAfter` and \
             `pageBefore` take the ID of a row, `from` and `to` a time. The `Link` header contains the URLs of the \
             next and the previous page. Follow them, and new rows do not move your pages.",
            "CoinGate's lists are paged by number: `page` from 1, with `per_page` rows (at most 100).",
        ],
    },
    Section {
        title: "Limits",
        paragraphs: &[
            "Every response to a request with a key says how many requests the key has left: `RateLimit-Policy: \
             \"key\";q=<limit>;w=60` and `RateLimit: \"key\";r=<left>;t=<seconds until the limit is full again>`. \
             Further requests get 429 with `Retry-After`. Bodies have at most 64 kB.",
            "Every response has an `X-Request-Id`; include it when you ask for help.",
        ],
    },
];

/// The introduction in Markdown, for the document.
pub fn markdown() -> String {
    let section = |section: &Section| format!("## {}\n\n{}", section.title, section.paragraphs.join("\n\n"));
    let sections = SECTIONS.iter().map(section);
    std::iter::once(SUMMARY.to_owned()).chain(sections).collect::<Vec<_>>().join("\n\n")
}
