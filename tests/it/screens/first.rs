//! The first screen, and the first steps.

use hookscope::app::guiding;
use hookscope::app::message::Message;
use hookscope::app::session::FirstRun;
use hookscope::domain::proposal::{Proposal, Table};
use hookscope::ui::theme::Theme;

use super::text_of;
use crate::scene::{Scene, record};
use crate::views::check;

/// The first steps, with `.env` files beside them.
fn guided(size: (u16, u16), keys: &str) -> Scene {
    let mut scene = Scene::empty(size);
    let env_files = [".env", ".env.local"].map(str::to_owned).to_vec();
    scene.app.session.first_run = Some(FirstRun { file: "hookscope.toml".to_owned(), env_files });
    guiding::open(&mut scene.app);
    scene.press(keys);
    scene
}

/// The same at the second step, the names looked at.
fn named(size: (u16, u16), keys: &str) -> Scene {
    let mut scene = guided(size, "enter enter");
    let proposals = ["stripe", "github"].map(|name| {
        let variable = format!("{}_WEBHOOK_SECRET", name.to_uppercase());
        let auth = format!("{{ scheme = \"{name}\", secret = {{ env = \"{variable}\" }} }}");
        Proposal { name: name.to_owned(), table: Table::Endpoint, values: vec![auth] }
    });
    scene.send(Message::NamesFound { proposals: proposals.to_vec(), left_out: Vec::new() });
    if !keys.is_empty() {
        scene.press(keys);
    }
    scene
}

#[test]
fn the_steps_are_told_one_at_a_time() {
    check("steps_send", |size| guided(size, "f1 esc"));
    check("steps_secret", |size| {
        let mut scene = guided(size, "f1 esc");
        scene.arrive(record(1, "2026-11-21T10:42:00Z", "hello", "{}"));
        scene
    });
    check("steps_names", |size| named(size, "down space"));
    check("steps_forward", |size| {
        let mut scene = named(size, "enter");
        scene.write("localhost:3000");
        scene.press("enter");
        scene
    });
    let chosen = |size| {
        let mut scene = named(size, "enter");
        scene.write("http://127.0.0.1:3000");
        scene.press("enter");
        scene
    };
    check("steps_write", chosen);
    check("steps_written", |size| {
        let mut scene = chosen(size);
        scene.press("enter");
        scene.send(Message::ConfigWritten(Ok(())));
        scene
    });
}

#[test]
fn the_first_screen_leads_to_the_first_steps_where_nothing_is_configured() {
    let text = |scene: &Scene| text_of(&scene.draw(&Theme::default()));
    let steps = "i sets up secrets and hands deliveries on to your app";
    assert!(text(&guided((80, 24), "esc")).contains(steps));
    assert!(!text(&Scene::empty((80, 24))).contains(steps));
}
