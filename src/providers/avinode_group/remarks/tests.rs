use http::Method;

use super::super::fixture;
use super::remarks;
use crate::domain::attempt::{Call, Response};
use crate::domain::headers::Headers;
use crate::domain::url::Url;

fn remarks_on(path: &str, response: &Response) -> Vec<String> {
    let url = Url::parse(&format!("https://sandbox.avinode.com/api{path}")).unwrap();
    remarks(&Call::new(Method::GET, url, Headers::default()), response)
}

#[test]
fn errors_behind_a_200_are_told() {
    let response = fixture::json(
        200,
        r#"{"meta":{"errors":[{"title":"no such airport","code":"START_AIRPORT_INVALID",
            "path":"activities[1].startAirport"}],"warnings":[{"title":"late"}],
            "infos":[{"code":"I"}]},"data":{}}"#,
    );
    let expected = [
        "soft error START_AIRPORT_INVALID at activities[1].startAirport: no such airport",
        "warning late",
        "note I",
    ];
    assert_eq!(remarks_on("/trips/1", &response), expected);
    assert!(remarks_on("/rfqs/1", &fixture::json(200, r#"{"data":{},"meta":{}}"#)).is_empty());
}

#[test]
fn a_404_is_explained_where_it_is_about_an_empty_leg() {
    let not_found = r#"{"meta":{"errors":[{"title":"gone","code":"NOT_FOUND"}]}}"#;
    let is_explained = |path, status, body| {
        let remarks = remarks_on(path, &fixture::json(status, body));
        remarks.iter().any(|remark| remark.starts_with("unpublished: "))
    };
    for (path, status, expected) in [
        ("/emptylegs/el-1", 404, true),
        ("/emptylegs/el-1?fields[emptylegs]=a", 404, true),
        ("/emptylegs/el-1", 200, false),
        ("/emptylegs/el-1", 403, false),
        ("/emptylegs/watches", 404, false),
        ("/emptylegs/watches/1", 404, false),
        ("/emptylegs/", 404, false),
        ("/rfqs/emptylegs", 404, false),
    ] {
        assert_eq!(is_explained(path, status, not_found), expected, "{path} {status}");
    }
    assert!(is_explained("/emptylegs/el-1", 404, ""));
}

#[test]
fn every_refusal_says_what_to_do_about_it() {
    let errors =
        r#"{"meta":{"errors":[{"title":"Authorization","code":"ERR_INPUT_GENERIC_INVALID"}]}}"#;
    for (status, word) in [
        (400, "no sooner than in 5 to 10 minutes"),
        (401, "the title names which"),
        (403, "no permission"),
        (409, "third parties"),
        (429, "too many calls"),
    ] {
        let [meaning, error] = &remarks_on("/rfqs/1", &fixture::json(status, errors))[..] else {
            panic!("{status} has a meaning and an error");
        };
        assert!(meaning.contains(word), "{meaning}");
        assert_eq!(error, "error ERR_INPUT_GENERIC_INVALID: Authorization");
    }
}

#[test]
fn what_is_not_json_and_the_calls_that_are_left_are_told() {
    let fields = [("Content-Type", "text/html"), ("X-Rate-Limit-Remaining", "9")];
    let remarks = remarks_on("/rfqs/1", &fixture::answer(502, &fields, "<h1>Bad gateway</h1>"));
    assert_eq!(
        remarks,
        [
            "answered 502 with HTML, not JSON",
            "9 calls are left (X-Rate-Limit headers, known from third parties only)",
        ],
    );
}
