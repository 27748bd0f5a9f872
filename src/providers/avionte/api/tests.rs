use http::Method;
use jiff::Timestamp;

use super::AvionteApi;
use crate::domain::account::Tenant;
use crate::domain::attempt::Call;
use crate::domain::headers::{Fidelity, Headers};
use crate::domain::secret::Secret;
use crate::providers::api::Api;
use crate::providers::avionte::fixture::{account, account_of, answer};

fn sent(tenant: Tenant, token: Option<&str>) -> String {
    let token = token.map(Secret::new);
    let fields = AvionteApi.credentials(&account_of(tenant), token.as_ref(), Timestamp::UNIX_EPOCH);
    String::from_utf8(Headers::new(fields, Fidelity::Exact).to_block()).unwrap()
}

#[test]
fn a_call_names_the_company_by_the_one_header_or_the_other() {
    assert_eq!(
        sent(Tenant::Id(6), Some("t0")),
        "Authorization: Bearer t0\r\nX-api-key: key\r\nFrontOfficeTenantId: 6\r\n\
         accept: application/json\r\n"
    );
    assert_eq!(
        sent(Tenant::Code("acme".to_owned()), None),
        "X-api-key: key\r\nTenant: acme\r\naccept: application/json\r\n"
    );
}

#[test]
fn a_refusal_is_told_with_what_to_do_about_it() {
    let url = account().base_url.join("/talent/662").unwrap();
    let call = Call::new(Method::GET, url, Headers::default());
    for (answer, expected) in [
        (answer(401, &[], ""), ["401 Unauthorized", "check client_id"]),
        (answer(403, &[], ""), ["403 Forbidden", "tenant and the scope"]),
        (answer(404, &[], "{}"), ["404 Not Found", "removed or merged"]),
        (answer(429, &[("Retry-After", "9")], ""), ["wait 5 s, then 10 s", "in 9 s"]),
        (
            answer(500, &[("Content-Type", "text/html")], "<p>oops"),
            ["500 Internal Server Error with text/html: oops", "stop after 5"],
        ),
        (answer(302, &[("Location", "/login")], ""), ["redirects to /login", "not followed"]),
    ] {
        let remarks = AvionteApi.remarks(&call, &answer).join(" | ");
        for part in expected {
            assert!(remarks.contains(part), "{part:?} is not in {remarks:?}");
        }
    }
    assert_eq!(AvionteApi.remarks(&call, &answer(200, &[], "{}")), Vec::<String>::new());
}
