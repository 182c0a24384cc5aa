//! What the overview shows before there is anything: commands that work as they are printed.

use axum::http::Method;
use requite::{
    domain::refunds::refund::RefundStatus,
    ui::pages::quick_start::{Commands, QuickStart},
};
use serde_json::Value;

/// The path and the body of a command.
fn request(command: &str, base: &str, variables: &[(&str, &str)]) -> (String, Value) {
    let mut command = command.to_owned();
    for (name, value) in variables {
        command = command.replace(&format!("'{name}'"), value).replace(name, value);
    }
    let sent = command.strip_prefix("ID=$(").unwrap_or(&command);
    let path = sent.strip_prefix(&format!("curl -s {base}")).unwrap().split_once(' ').unwrap().0.to_owned();
    let body = sent.split_once("--json '").unwrap().1.split_once('\'').unwrap().0;
    (path, serde_json::from_str(body).unwrap())
}

on_both_engines! {
    async fn the_commands_of_an_empty_overview_work_as_printed(app: &TestApp) {
        let console = app.sign_in("owner@example.com").await;
        let base = app.requite.settings.base_url();
        let Commands { create, pay, refund } = QuickStart::of(&app.requite).commands().unwrap();
        let page = console.get("/").await.text();
        assert!(page.contains("Your first refund in three steps") && page.contains(&format!("curl -s {base}/v1")), "{page}");
        // Each variable is set by a step before the one that uses it.
        let steps = [page.find("read -rs KEY"), page.find("ID=$("), page.find("read -r ADDRESS")];
        assert!(steps.is_sorted() && steps[0].is_some(), "{page}");
        let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        let call = async |command: &str, id: &str| {
            let key = app.context().id().to_string();
            let (path, body) = request(command, &base, &[("$(uuidgen)", &key), ("$ID", id), ("$ADDRESS", address)]);
            let answer = app.call(Method::POST, &path, Some(body)).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.text());
            answer.json()["data"].clone()
        };
        let intent = call(&create, "").await;
        let id = intent["id"].as_str().unwrap();
        app.give_addresses().await;
        call(&pay.unwrap(), id).await;
        app.work().await;
        let made = call(&refund, id).await;
        app.settle().await;
        let refund = app.store().refund(app.merchant, made["id"].as_str().unwrap().parse().unwrap()).await.unwrap();
        assert_eq!(refund.status, RefundStatus::Completed);
        assert!(!console.get("/").await.text().contains("Your first refund in three steps"));
    }
}
