use std::cell::Cell;
use std::time::Duration;

use super::{Tokens, kept};
use crate::client::failure::Failure;
use crate::domain::attempt::AttemptError;
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
use crate::providers::api::Token;

/// A token endpoint that counts how often it is asked.
#[derive(Default)]
struct Endpoint {
    asked: Cell<u32>,
}

impl Endpoint {
    async fn token(&self, lifetime: Option<Duration>) -> Result<Token, Failure> {
        self.asked.set(self.asked.get() + 1);
        let secret = Secret::new(format!("token {}", self.asked.get()));
        tokio::task::yield_now().await;
        Ok(Token { secret, lifetime })
    }

    async fn failure(&self) -> Result<Token, Failure> {
        self.token(None).await?;
        Err(Failure::new(AttemptError::Refused, format!("failure {}", self.asked.get())))
    }
}

fn acme() -> AccountName {
    AccountName::from("acme")
}

#[tokio::test]
async fn a_token_is_held_for_each_account_until_it_is_given_up() {
    let (tokens, endpoint) = (Tokens::default(), Endpoint::default());
    let first = tokens.get(&acme(), endpoint.token(None)).await.unwrap();
    let second = tokens.get(&acme(), endpoint.token(None)).await.unwrap();
    assert_eq!((first.secret.expose(), first.is_fresh), (&b"token 1"[..], true));
    assert_eq!((second.secret.expose(), second.is_fresh), (&b"token 1"[..], false));
    let other = tokens.get(&AccountName::from("other"), endpoint.token(None)).await.unwrap();
    assert_eq!(other.secret.expose(), b"token 2");

    tokens.forget(&acme(), &second).await;
    let third = tokens.get(&acme(), endpoint.token(None)).await.unwrap();
    assert_eq!(third.secret.expose(), b"token 3");
    // Who still holds the first one gives up nothing but that.
    tokens.forget(&acme(), &first).await;
    let fourth = tokens.get(&acme(), endpoint.token(None)).await.unwrap();
    assert_eq!(fourth.secret.expose(), b"token 3");
}

#[tokio::test]
async fn a_token_whose_time_is_over_is_fetched_anew() {
    let (tokens, endpoint) = (Tokens::default(), Endpoint::default());
    for number in 1..=3 {
        tokens.get(&acme(), endpoint.token(Some(Duration::ZERO))).await.unwrap();
        assert_eq!(endpoint.asked.get(), number);
    }
}

#[tokio::test]
async fn those_who_ask_at_once_share_one_request_and_its_failure() {
    let (tokens, endpoint) = (Tokens::default(), Endpoint::default());
    let name = acme();
    let (one, two, three) = tokio::join!(
        tokens.get(&name, endpoint.failure()),
        tokens.get(&name, endpoint.failure()),
        tokens.get(&name, endpoint.failure()),
    );
    for failed in [one, two, three] {
        assert_eq!(failed.unwrap_err().message, "failure 1");
    }
    let later = tokens.get(&name, endpoint.failure()).await;
    assert_eq!(later.unwrap_err().message, "failure 2");

    let (one, two) = tokio::join!(
        tokens.get(&name, endpoint.token(None)),
        tokens.get(&name, endpoint.token(None)),
    );
    assert_eq!(one.unwrap().secret.expose(), b"token 3");
    assert!(two.unwrap().is_fresh, "it was fetched while this one waited");
}

#[tokio::test]
async fn who_gives_up_waiting_leaves_the_request_to_the_next() {
    let (tokens, endpoint) = (Tokens::default(), Endpoint::default());
    let name = acme();
    let never = tokens.get(&name, std::future::pending());
    assert!(tokio::time::timeout(Duration::ZERO, never).await.is_err());
    assert!(tokens.get(&name, endpoint.token(None)).await.is_ok());
}

#[test]
fn a_token_is_given_up_before_its_end() {
    for (lifetime, expected) in [(0, 0), (100, 90), (1_800, 1_770), (u64::MAX, 86_400)] {
        assert_eq!(kept(Duration::from_secs(lifetime)), Duration::from_secs(expected));
    }
}
