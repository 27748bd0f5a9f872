use std::collections::BTreeMap;

use super::{Account, Credentials, Matching, NotPermitted};
use crate::domain::event::ProviderId;
use crate::domain::secret::Secret;
use crate::domain::url::{Host, Url};

#[test]
fn credentials_go_to_listed_hosts_alone_and_never_in_the_clear() {
    let account = Account {
        name: "acme".into(),
        provider: ProviderId::Channex,
        base_url: Url::parse("https://staging.channex.io/api/v1").unwrap(),
        token_url: None,
        hosts: ["staging.channex.io", "127.0.0.1:4010"]
            .map(|host| Host::parse(host).unwrap())
            .into(),
        paths: BTreeMap::new(),
        credentials: Credentials::Channex { api_key: Secret::new("k"), property: None },
        matching: Matching::default(),
    };
    let not_listed = |host: &str| Err(NotPermitted::HostNotListed { host: host.to_owned() });
    let in_the_clear = |host: &str| Err(NotPermitted::InTheClear { host: host.to_owned() });
    for (url, expected) in [
        ("https://staging.channex.io/api/v1/bookings", Ok(())),
        ("http://127.0.0.1:4010/api/v1/bookings", Ok(())),
        ("http://staging.channex.io/api/v1", in_the_clear("staging.channex.io")),
        ("https://staging.channex.io.evil.test/", not_listed("staging.channex.io.evil.test")),
        ("https://app.channex.io/", not_listed("app.channex.io")),
        ("http://169.254.169.254/latest/meta-data", not_listed("169.254.169.254")),
        ("http://127.0.0.1:4011/", not_listed("127.0.0.1:4011")),
    ] {
        assert_eq!(account.permits(&Url::parse(url).unwrap()), expected, "{url}");
    }
}
