//! Values of bodies as columns, and the stream in their order.

use super::Running;

#[tokio::test(flavor = "multi_thread")]
async fn what_bodies_have_becomes_a_column_and_the_stream_is_sorted_by_it() {
    let running = Running::start(80, 24).await;
    for price in ["9.75", "\"120.50\"", "\"on request\""] {
        running.post("/hooks/shop", &format!(r#"{{"price":{price}}}"#)).await;
    }
    running.screen.wait_for("3 captured").await;
    running.press(":column /price\r");
    for text in ["price", "9.75", "120.50", "on requ"] {
        running.screen.wait_for(text).await;
    }
    running.post("/hooks/shop", r#"{"price":1.25}"#).await;
    running.screen.wait_for("1.25").await;
    running.press(":sort -/price\r");
    running.screen.wait_for("all 4 by price ▼").await;
    let screen = running.screen.contents();
    let places = ["on requ", "120.50", "9.75", "1.25"].map(|text| screen.find(text));
    assert!(places.is_sorted() && places[0].is_some(), "{screen}");
    running.post("/hooks/shop", "{}").await;
    running.screen.wait_for("1 new").await;
    running.press("\x1b");
    running.screen.wait_for("all deliveries").await;
}
