//! `requite check` finds what contradicts the networks.

use super::*;

/// The invariants that are violated after this damage.
async fn damaged(app: &TestApp, sql: &str) -> Vec<u8> {
    assert!(app.tamper(sql).await.unwrap() > 0, "{sql} changed nothing");
    let mut found: Vec<_> = app.check().await.violations.iter().map(|violation| violation.invariant).collect();
    found.dedup();
    found
}

async fn finds_every_damage(engine: crate::support::Engine) {
    // Damage, and its repair; the last of each kind has none.
    let cases = [
        (10, "update chain_deposits set position = 9", "update chain_deposits set position = 0"),
        (10, "update chain_deposits set stage = 'seen'", "update chain_deposits set stage = 'final'"),
        (10, "update chain_deposits set currency = 'EUR'", "update chain_deposits set currency = 'USD'"),
        (10, "update payments set status = 'pending'", "update payments set status = 'paid'"),
        (11, "update chain_cursors set height = height - 1", "update chain_cursors set height = height + 1"),
        (10, "update chain_deposits set resolution = 'written_off'", "update chain_deposits set resolution = null"),
        (
            10,
            "insert into deposit_decisions (id, payment_id, number)
                select id, id, 1 from payments union all select intent_id, id, 2 from payments",
            "delete from deposit_decisions",
        ),
        (10, "update chain_deposits set payment_id = null", ""),
        (10, "delete from chain_deposits", ""),
        (11, "delete from chain_blocks where height = (select max(height) - 1 from chain_blocks)", ""),
        (11, "delete from chain_blocks", ""),
    ];
    let app = TestApp::new(engine).await;
    let scene = Scene::new(&app).await;
    let intent = scene.intent("30", USDC).await;
    scene.pay(&intent, 30).await;
    scene.anvil.mine(1).await;
    scene.finish().await;
    app.assert_invariants().await;
    for (invariant, sql, repair) in cases {
        let found = damaged(&app, sql).await;
        assert!(found.contains(&invariant), "{sql} should violate {invariant}, found {found:?}");
        if !repair.is_empty() {
            app.tamper(repair).await.unwrap();
            app.assert_invariants().await;
        }
    }
}

#[tokio::test]
async fn finds_every_damage_on_sqlite() {
    finds_every_damage(crate::support::Engine::Sqlite).await;
}

#[tokio::test]
async fn finds_every_damage_on_postgres() {
    finds_every_damage(crate::support::Engine::Postgres).await;
}
