//! The accounts of the cases: of each provider the one in its sandbox.

use std::collections::BTreeMap;

use hookscope::domain::account::{Account, Bearer, Credentials, Matching, Tenant};
use hookscope::domain::event::ProviderId;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::{Host, Url};

/// The account; as a client that asks for a token where there is a choice.
pub(super) fn account(provider: ProviderId, is_client: bool) -> Account {
    let secret = || Secret::new("the-client-secret");
    let (base_url, credentials) = match provider {
        ProviderId::Avinode | ProviderId::Schedaero => {
            let client = Bearer::Client { id: "the-client".to_owned(), secret: secret() };
            let token = Bearer::Token(Secret::new("the-bearer-token"));
            let credentials = Credentials::AvinodeGroup {
                api_token: Secret::new("00000000-0000-0000-0000-000000000000"),
                bearer: if is_client { client } else { token },
                api_version: "v1.0".to_owned(),
                product: "hookscope-v0.1.0".to_owned(),
                act_as_account: None,
            };
            ("https://sandbox.avinode.com/api", credentials)
        }
        ProviderId::Avionte => {
            let credentials = Credentials::Avionte {
                api_key: Secret::new("the-api-key"),
                client_id: "the-client".to_owned(),
                client_secret: secret(),
                scope: "the-scope".to_owned(),
                tenant: Tenant::Id(1042),
            };
            ("https://api.avionte.com/front-office/v1", credentials)
        }
        ProviderId::Channex => {
            let credentials =
                Credentials::Channex { api_key: Secret::new("the-api-key"), property: None };
            ("https://staging.channex.io/api/v1", credentials)
        }
    };
    let base_url = Url::parse(base_url).unwrap();
    Account {
        name: "acme".into(),
        provider,
        hosts: vec![Host::parse(base_url.authority()).unwrap()],
        base_url,
        token_url: None,
        paths: BTreeMap::new(),
        credentials,
        matching: Matching::default(),
    }
}
