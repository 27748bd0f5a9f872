//! The first screen and what it knows to be set up.

use hookscope::domain::forwarding::Forwarding;
use hookscope::domain::url::Url;
use hookscope::ui::theme::Theme;

use super::text_of;
use crate::scene::Scene;

#[test]
fn the_first_screen_tells_what_is_set_up_already() {
    let mut scene = Scene::empty((80, 24));
    let screen = text_of(&scene.draw(&Theme::default()));
    assert!(screen.contains("hookscope init") && screen.contains("--forward"), "{screen}");

    let mut endpoints = Scene::busy((80, 24)).app.session.endpoints;
    endpoints[0].forwarding = Forwarding::to(Url::parse("http://127.0.0.1:3000").unwrap());
    scene.app.session.endpoints = endpoints;
    let screen = text_of(&scene.draw(&Theme::default()));
    for done in ["Done: 3 endpoints are configured", "Done: deliveries are handed on to your app"] {
        assert!(screen.contains(done), "{screen}");
    }
    assert!(!screen.contains("hookscope init") && !screen.contains("--forward"), "{screen}");
}
