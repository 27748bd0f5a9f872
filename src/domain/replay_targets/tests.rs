use super::ReplayTargets;
use crate::domain::forwarding::{ForwardTarget, Forwarding};
use crate::domain::url::Url;

fn url(port: usize) -> Url {
    Url::parse(&format!("http://127.0.0.1:{port}")).unwrap()
}

fn forwarding(ports: &[usize]) -> Forwarding {
    let targets = ports.iter().map(|port| ForwardTarget { to: url(*port), when: Vec::new() });
    Forwarding { targets: targets.collect(), only_verified: false }
}

#[test]
fn the_last_target_is_the_usual_one_else_the_only_one_that_is_configured() {
    for (used, configured, usual, all) in [
        (&[][..], &[][..], None, &[][..]),
        (&[], &[1], Some(1), &[1]),
        (&[], &[1, 2], None, &[1, 2]),
        (&[3], &[1], Some(3), &[3, 1]),
        (&[3, 1], &[1, 2], Some(3), &[3, 1, 2]),
    ] {
        let used = used.iter().copied().map(url).collect();
        let targets = ReplayTargets::used(used).with(&forwarding(configured));
        assert_eq!(targets.usual(), usual.map(url).as_ref(), "{targets:?}");
        let expected = all.iter().copied().map(url).collect::<Vec<_>>();
        assert_eq!(targets.iter().cloned().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_target_that_is_used_again_comes_first_and_only_so_many_are_remembered() {
    let mut targets = ReplayTargets::default();
    for port in (1..=ReplayTargets::MOST + 5).chain([10]) {
        targets.use_now(&url(port));
    }
    let all = targets.iter().cloned().collect::<Vec<_>>();
    assert_eq!(all.len(), ReplayTargets::MOST);
    assert_eq!(all[..2], [url(10), url(ReplayTargets::MOST + 5)]);
    assert_eq!(all.iter().filter(|target| **target == url(10)).count(), 1);
}
