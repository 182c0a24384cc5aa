//! The page of networks: how far each was followed, which nodes answer, and nothing that is secret.

use super::*;
use requite::{
    chain::evm::{EvmChain, examine::examine},
    domain::operations::networks::{NetworkVerdict, NodeProblem},
    languages::Language,
    outages::Outages,
    service::operations::networks,
    store::chain::network_states::NetworkExamination,
    texts::errors::stored,
    worker,
};

impl Scene {
    async fn networks_page(&self) -> String {
        let answer = self.app.sign_in("owner@example.com").await.get("/networks").await;
        assert_eq!(answer.status, 200);
        answer.text()
    }

    async fn network(&self) -> networks::NetworkView {
        let chain = self.app.requite.chain.as_ref();
        networks::list(self.store(), &self.app.context(), chain, &self.app.owner).await.unwrap().remove(0)
    }

    /// The server of this name compares its settings with those of the others.
    async fn compare_settings(&self, server: &str, settings: &str) {
        let file = networks_file(&self.anvil, std::slice::from_ref(&self.anvil.url), settings);
        let evm = EvmChain::new(&Networks::parse(&file).unwrap()).unwrap();
        let mut requite = self.app.requite.clone();
        requite.store = requite.store.named(server);
        worker::server_settings::compare_once(&requite, Some(&evm), &Outages::default()).await.unwrap();
    }
}

fn away() -> reqwest::Url {
    "http://user:secret-password@127.0.0.1:1/v2/secret-key-in-the-path?key=secret-in-the-query".parse().unwrap()
}

on_each_engine! {
    async fn a_network_is_shown_with_its_nodes_and_rules(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let nodes = [anvil.url.clone(), anvil.url.clone(), away()];
        let settings = "credit = [{ up-to = \"50\", after = 3 }, { after = \"finalized\" }]";
        let scene = Scene::served_by(engine, anvil, &nodes, settings).await;
        assert!(scene.networks_page().await.contains("not started yet"));
        scene.follow().await;
        let seen = scene.network().await;
        let answers: Vec<_> = seen.nodes.iter().map(|node| node.failing.map(|(problem, _)| problem)).collect();
        assert_eq!(answers, [None, None, Some(NodeProblem::Away)]);
        let shown = scene.networks_page().await;
        for expected in ["84532", "a test network", "monitored", "does not respond", "127.0.0.1:1",
            "Up to 50.00 USD after 3 blocks, before the block is final. Above that when the block is final.",
            "Not yet, only on simulated chains", "but no refund is sent",
            "Newest block, by most nodes", "Newest block at the last check"] {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        assert!(!shown.contains("secret"), "{shown}");
        // A node that answers again keeps its place; one that stays away keeps its time.
        let since = seen.nodes[2].failing.unwrap().1;
        scene.app.advance(chrono::Duration::seconds(20));
        scene.anvil.mine(1).await;
        scene.follow().await;
        let later = scene.network().await;
        assert_eq!(later.nodes[2].failing, Some((NodeProblem::Away, since)));
        assert!(later.nodes[0].answered.unwrap() > seen.nodes[0].answered.unwrap());
        scene.app.tamper("update chain_cursors set traces = 'trace_block'").await.unwrap();
        let read_again = "insert into untraced_blocks (network, first_height, last_height) values ('BASE', 5, 9)";
        scene.app.tamper(read_again).await.unwrap();
        let shown = scene.networks_page().await;
        assert!(shown.contains("Being searched for in blocks 5 to 9"), "{shown}");
        // Nobody looks any more.
        scene.app.advance(chrono::Duration::minutes(11));
        assert!(scene.networks_page().await.contains("No server is monitoring this network."));
        for email in ["approver@example.com", "viewer@example.com"] {
            assert_eq!(scene.app.sign_in(email).await.get("/networks").await.status, 403, "{email}");
        }
    }

    async fn what_is_wrong_is_told_with_what_to_do(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let nodes = [anvil.url.clone(), away()];
        let scene = Scene::served_by(engine, anvil, &nodes, "").await;
        assert!(scene.step().await.is_err());
        let shown = scene.networks_page().await;
        assert!(shown.contains("Too few nodes respond") && shown.contains("nodes do not respond"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
        // What was compared before the start is shown too, also without what could be a key.
        let Connection { settings, nodes, .. } = &scene.connection;
        let now = scene.app.context().now;
        let examined = examine(settings, nodes, now).await.for_people(settings, now);
        assert_eq!(examined.verdict, NetworkVerdict::Usable);
        scene.store().record_examination(&examined).await.unwrap();
        let shown = scene.networks_page().await;
        assert!(shown.contains("Compared with the settings") && !shown.contains("secret"), "{shown}");
        assert!(shown.contains("it does not respond: "), "{shown}");
        let german = Language::of_code("de").unwrap();
        let told: Vec<_> = examined.findings.iter().map(|finding| stored(german, &finding.text)).collect();
        assert!(told.iter().any(|text| text.starts_with("er antwortet nicht: ")), "{told:?}");
        assert_eq!(scene.network().await.examination.as_ref(), Some(&examined));
        // As after a start at which no node answers.
        let at = now + chrono::Duration::minutes(2);
        let away = NetworkExamination { verdict: NetworkVerdict::Away, at, ..examined };
        scene.store().record_examination(&away).await.unwrap();
        let shown = scene.networks_page().await;
        assert!(shown.contains("No node responds, so") && !shown.contains("Too few nodes respond"), "{shown}");
    }

    async fn deposits_that_wait_are_told_with_the_reason(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let nodes = [anvil.url.clone()];
        let scene = Scene::served_by(engine, anvil, &nodes, "").await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        for (problem, expected) in [
            ("refused", "1 deposit is not credited: the database refuses to book what was paid."),
            ("unconfirmed", "1 deposit waits, because its coin was sent by a contract, and too few nodes can confirm that."),
            ("contradicted", "One node has reported 1 deposit that most nodes deny, so nothing is credited for it."),
        ] {
            scene.app.tamper(&format!("update chain_deposits set problem = '{problem}'")).await.unwrap();
            let shown = scene.networks_page().await;
            assert!(shown.contains(expected), "{shown}");
        }
    }

    async fn servers_with_different_settings_of_a_network_are_named(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let nodes = [anvil.url.clone()];
        let scene = Scene::served_by(engine, anvil, &nodes, "").await;
        // How often a server asks for blocks is its own business.
        scene.compare_settings("a", "credit = 3").await;
        scene.compare_settings("b", "credit = 3\npoll = \"9s\"").await;
        assert_eq!(scene.network().await.difference, None);
        scene.compare_settings("b", "credit = 2\ndust = \"0.02\"").await;
        let shown = scene.networks_page().await;
        assert!(shown.contains("The servers a, b have different settings of Base: credit, dust."), "{shown}");
        // A server that has stopped counts no more.
        scene.app.advance(chrono::Duration::minutes(3));
        scene.compare_settings("b", "credit = 2").await;
        assert_eq!(scene.network().await.difference, None);
        // One that runs without the network does.
        let mut requite = scene.app.requite.clone();
        requite.store = requite.store.named("c");
        worker::server_settings::compare_once(&requite, None, &Outages::default()).await.unwrap();
        let shown = scene.networks_page().await;
        assert!(shown.contains("The server c has no settings of Base, and the server b has some."), "{shown}");
    }
}
