//! The actions of people, programs and workers in tests.

use super::*;
use requite::{
    domain::{
        ids::{RefundDraftId, RefundId, SessionId},
        mail::Mail,
        people::actor::CurrentSession,
    },
    service::refunds::draft::WizardConfirmation,
    store::mail::MailFilter,
};
use uuid::Uuid;

impl TestApp {
    /// Assigns the deposit addresses of an intent. Another server on the same database may be about to do that: then it is
    /// skipped here until that one has ended.
    pub async fn wait_for_addresses(&self, intent: PaymentIntent) -> PaymentIntent {
        let begun = std::time::Instant::now();
        loop {
            self.give_addresses().await;
            let intent = self.reload(intent.clone()).await;
            if intent.status() != requite::domain::intents::payment_intent::IntentStatus::Created {
                return intent;
            }
            assert!(begun.elapsed() < std::time::Duration::from_secs(20), "the intent gets no address");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// Creates a refund under a new key.
    pub async fn refund(&self, new: &NewRefund) -> Result<Refund, Error> {
        let key = IdempotencyKey(self.requite.context().id());
        self.refund_with_key(new, key).await
    }

    /// Creates a refund that awaits its customer's confirmation.
    pub async fn asked_refund(&self, intent: &PaymentIntent, amount: &str) -> Refund {
        let customer_email = Some("customer@example.com".to_owned());
        let order = NewRefund { customer_confirms: true, customer_email, ..self.order(intent, amount) };
        self.refund(&order).await.unwrap()
    }

    /// Returns the token of the link that the customer of a refund received.
    pub async fn token(&self, refund: &Refund) -> String {
        self.requite.store.confirmation(refund.id).await.unwrap().unwrap().1.key.token(refund.id)
    }

    /// The customer opens their link and answers what the page shows, in the language of the server.
    pub async fn answer(&self, refund: &Refund, word: Word) -> Result<Refund, Error> {
        let (token, from) = (self.token(refund).await, IpAddr::from([192, 0, 2, 7]));
        let question =
            service::refunds::confirmation::customer_page((&self.requite).into(), &self.context(), &token, from)
                .await?;
        service::refunds::confirmation::answer(
            (&self.requite).into(),
            &self.context(),
            &token,
            word,
            &question.seal,
            (from, self.requite.settings.language),
        )
        .await
    }

    /// The owner sends the wizard's last page.
    pub async fn confirm_draft(&self, id: RefundDraftId, page: &WizardConfirmation) -> Result<RefundId, Error> {
        let limits = &self.requite.code_limits;
        service::refunds::draft::confirm(self.refunds(), &self.context(), limits, &self.owner, id, page).await
    }

    pub async fn refund_with_key(&self, new: &NewRefund, key: IdempotencyKey) -> Result<Refund, Error> {
        Ok(service::refunds::create(self.refunds(), &self.context(), &self.owner, new, key).await?.into_inner())
    }

    pub async fn reload_refund(&self, refund: &Refund) -> Refund {
        self.requite.store.refund(self.merchant, refund.id).await.unwrap()
    }

    /// The owner changes the policy.
    pub async fn decide(&self, change: impl FnOnce(&mut PolicyInput)) {
        let policy = service::policy::get(self.store(), &self.server_policy(), &self.owner).await.unwrap();
        let mut input = PolicyInput::of(&policy);
        change(&mut input);
        service::policy::change(
            self.store(),
            &self.context(),
            &self.server_policy(),
            &self.with_recent_code(&self.owner),
            policy.version,
            &input,
        )
        .await
        .unwrap()
        .unwrap();
    }

    /// Returns a person in a session in which they have just entered a code of their second factor.
    pub fn with_recent_code(&self, actor: &Actor) -> Actor {
        let mut actor = actor.clone();
        let Actor::User { session, .. } = &mut actor else { panic!("no person") };
        *session = Some(CurrentSession { id: SessionId(Uuid::nil()), code_at: Some(self.context().now) });
        actor
    }

    /// Starts the set-up of a person's second factor.
    pub async fn enroll(&self, actor: &Actor) -> Result<TotpSecret, Error> {
        let limits = &self.requite.sign_in_limits;
        Ok(service::people::second_factor::enroll(self.store(), &self.context(), limits, actor, PASSWORD).await?.secret)
    }

    /// Sets up a person's second factor and returns its secret and recovery codes. The clock advances by one step, so
    /// that the app's next code is a new one.
    pub async fn enrol(&self, actor: &Actor) -> (TotpSecret, Vec<String>) {
        let secret = self.enroll(actor).await.unwrap();
        let codes = service::people::second_factor::confirm(
            self.store(),
            &self.context(),
            actor,
            self.typed(&self.app_code(&secret)),
        )
        .await
        .unwrap();
        self.advance(Duration::seconds(30));
        (secret, codes.iter().map(ToString::to_string).collect())
    }

    /// Returns the app's current code.
    pub fn app_code(&self, secret: &TotpSecret) -> String {
        self.app_code_at(secret, 0)
    }

    /// Returns the app's code some steps later.
    pub fn app_code_at(&self, secret: &TotpSecret, steps: i64) -> String {
        secret.code(step_at(self.requite.context().now) + steps).to_string()
    }

    /// The approver renews a refund's quote and approves what is shown.
    pub async fn approve(&self, refund: &Refund) -> Result<Refund, Error> {
        let review =
            service::refunds::approval::review(self.refunds(), &self.context(), &self.approver, refund.id).await?;
        if !review.is_current {
            service::refunds::approval::renew_quote(self.refunds(), &self.context(), &self.approver, refund.id).await?;
        }
        let review =
            service::refunds::approval::review(self.refunds(), &self.context(), &self.approver, refund.id).await?;
        service::refunds::approval::approve(
            self.refunds(),
            &self.context(),
            &self.approver,
            refund.id,
            review.seal.as_str(),
            None,
        )
        .await
    }

    /// Simulates a payment.
    pub async fn pay(
        &self,
        intent: &PaymentIntent,
        amount: Option<Money>,
        status: PaymentStatus,
    ) -> Result<Payment, Error> {
        let (settings, context) = (self.simulating(), self.context());
        let simulated = service::simulate::SimulatedPayment::new(amount, status);
        service::simulate::payment(self.payments(&settings), &context, &self.owner, intent.id, simulated).await
    }

    /// A payment that is waiting ends.
    pub async fn finish(&self, id: PaymentId, ending: PaymentStatus) -> Result<Payment, Error> {
        let (settings, context) = (self.simulating(), self.context());
        service::simulate::finish_payment(self.payments(&settings), &context, &self.owner, id, ending).await
    }

    /// Payments are simulated also where the server follows a network of the tests, which the server itself refuses.
    fn simulating(&self) -> Settings {
        let settings = Settings::clone(&self.requite.settings);
        Settings { chain: Some(ChainSetting::Sandbox), ..settings }
    }

    fn payments<'a>(&'a self, settings: &'a Settings) -> service::simulate::PaymentServices<'a> {
        let (store, rates) = (self.store(), self.requite.rates.as_ref());
        service::simulate::PaymentServices { store, settings, rates }
    }

    /// Runs the worker until it has nothing to do at this time.
    pub async fn work(&self) {
        while worker::run_once(&self.requite).await.unwrap() > 0 {}
        while worker::keep_rates(&self.requite).await.unwrap() > 0 {}
    }

    /// Runs the worker until all refunds have ended.
    pub async fn settle(&self) {
        self.work().await;
        self.advance(self.requite.settings.sandbox_delay);
        self.work().await;
    }

    /// Creates an endpoint that receives full payloads of these events.
    pub async fn endpoint(&self, url: &str, events: &str) -> Endpoint {
        let input = EndpointInput { url: url.to_owned(), events: events.to_owned(), ..EndpointInput::default() };
        service::webhooks::create(
            self.store(),
            &self.context(),
            self.requite.sender.allowed_targets(),
            &self.owner,
            &input,
        )
        .await
        .unwrap()
        .unwrap()
    }

    pub async fn reload_endpoint(&self, endpoint: &Endpoint) -> Endpoint {
        service::webhooks::get(self.store(), &self.owner, endpoint.id).await.unwrap()
    }

    /// Returns the newest mails, newest first.
    pub async fn mails(&self) -> Vec<Mail> {
        self.store().mails(self.merchant, &MailFilter::default(), &PageRequest::first()).await.unwrap().items
    }

    /// Returns all deliveries, oldest first.
    pub async fn deliveries(&self) -> Vec<Delivery> {
        let page = PageRequest::new(50, Position::Start, SortDirection::OldestFirst);
        service::webhooks::deliveries(self.store(), &self.owner, &DeliveryFilter::default(), &page).await.unwrap().items
    }

    /// Attempts every callback that is due.
    pub async fn deliver(&self) -> usize {
        let mut all = 0;
        loop {
            match worker::webhooks::run_once(&self.requite).await.unwrap() {
                0 => return all,
                number => all += number,
            }
        }
    }
}
