use crate::verify::catalog::Catalog;

/// The complaint about a recipe of these lines, which begin at line 2.
fn complaint(lines: &str) -> Option<String> {
    let text = format!("[scheme.mine]\n{lines}\n");
    Catalog::builtin().with_user_recipes(&text).err().map(|error| error.to_string())
}

/// The least that a recipe needs, for lines that are about something else.
const SIGNED: &str = "kind = \"mac\"\nsignature = { header = \"X-Sig\" }\n";

#[test]
fn a_recipe_of_each_shape_is_read() {
    for lines in [
        SIGNED,
        "like = \"github\"",
        "like = \"stripe\"\nsignature = { header = \"X-Sig\", pairs = \";\", field = \"h1\" }",
        "like = \"standard_webhooks\"\nhash = \"sha512\"\nkey = { encoding = \"hex\" }",
        "kind = \"mac\"\nsignature = { header = [\"A\", \"B-*\"], split = \",\", prefix = \"v1=\" }",
        "kind = \"mac\"\nsignature = { header = \"A\" }\nmessage = \"{url}\"\ncovers_body = false",
        "kind = \"mac\"\nsignature = { header = \"A\" }\nid = { header = \"B\" }\nmessage = \"{id}{body}\"\ndedupe = \"id\"",
        "kind = \"mac\"\nsignature = { query = \"sig\" }\ntimestamp = { json = \"/t\" }",
        "kind = \"digest\"\nsignature = { form = \"sig\", query = \"sig\" }\nmessage = \"{secret}|{body|sha256|hex}\"",
        "kind = \"signature\"\nalgorithm = \"ed25519\"\nkey = { encoding = \"pem\", strip = [\"a\", \"b\"] }\nsignature = { header = \"A\" }",
        "kind = \"token\"\ntoken = { query = \"key\" }",
        "kind = \"token\"\ntoken = { header = \"authorization\", scheme = \"Token\" }",
        "kind = \"jwt\"\ntoken = { header = \"$header\" }\ndigest = [{ from = \"claim:h\", of = \"{body}\" }]",
        "kind = \"basic\"",
        "like = \"slack\"\nchallenge = []",
        "like = \"zoom\"\nunconfirmed = true\nhints = [\"body-is-ascii-escaped\"]\nnonce = \"header:X-Nonce\"",
    ] {
        assert_eq!(complaint(lines), None, "{lines}");
    }
}

/// Whole recipes, and what is wrong with them.
const RECIPES: &[(&str, &str)] = &[
    ("kind = \"mac\"", "line 1, column 9: scheme mine: signature is missing: where does it stand?"),
    (
        "signature = { header = \"A\" }",
        "line 1, column 9: scheme mine: kind is missing; say kind = \"mac\", or like = \"…\"",
    ),
    (
        "kind = \"mak\"",
        "line 2, column 8: scheme mine: kind \"mak\" is not known; did you mean mac? (known: mac, digest, signature, token, jwt, basic, oauth1, httpsig, custom:aws_sns, custom:contentful, custom:plivo_v3, custom:dropbox_sign)",
    ),
    ("kind = 1", "line 2, column 8: scheme mine: kind has to be text"),
    (
        "kind = \"mac\"\nsignature = \"A\"",
        "line 3, column 13: scheme mine: signature has to be a table",
    ),
    (
        "kind = \"mac\"\nsignature = {}",
        "line 3, column 13: scheme mine: signature says not where: header, json, form or query",
    ),
    (
        "kind = \"mac\"\nsignature = { header = [] }",
        "line 3, column 13: scheme mine: header is an empty list",
    ),
    (
        "kind = \"mac\"\nsignature = { header = [\"A\", 1] }",
        "line 3, column 24: scheme mine: header has to be text or a list of texts",
    ),
    (
        "kind = \"mac\"\nsignature = { header = [\"A\", \"b c\"] }",
        "line 3, column 30: scheme mine: \"b c\" is not the name of a header",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A-*-*\" }",
        "line 3, column 24: scheme mine: \"A-*-*\" is not the name of a header",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A\", prefx = \"x\" }",
        "line 3, column 29: scheme mine: unknown key prefx; did you mean prefix?",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A\", split = \"\" }",
        "line 3, column 37: scheme mine: a separator is one ASCII character, neither letter nor digit nor =",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A\", split = \",\", pairs = \",\" }",
        "line 3, column 37: scheme mine: split and pairs exclude each other",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A\", pairs = \",\" }",
        "line 3, column 37: scheme mine: pairs needs field, the name of the signature's pair",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A\", field = \"v1\" }",
        "line 3, column 37: scheme mine: field needs pairs, what stands between two pairs",
    ),
    (
        "kind = \"mac\"\nsignature = { header = \"A\", encoding = \"base32\" }",
        "line 3, column 40: scheme mine: encoding \"base32\" is not known; did you mean base64? (known: hex, base64, base64url)",
    ),
];

/// Lines below [`SIGNED`], and what is wrong with them.
const LINES: &[(&str, &str)] = &[
    (
        "hash = \"md5\"",
        "line 4, column 8: scheme mine: hash \"md5\" is not known (known: sha1, sha256, sha384, sha512)",
    ),
    ("hsah = \"sha1\"", "line 4, column 1: scheme mine: unknown key hsah; did you mean hash?"),
    ("algorithm = \"ed25519\"", "line 4, column 1: scheme mine: unknown key algorithm"),
    (
        "key = { encoding = \"spki\" }",
        "line 4, column 20: scheme mine: encoding \"spki\" is not known (known: utf8, hex, base64)",
    ),
    ("message = \"\"", "line 4, column 11: scheme mine: message is empty"),
    (
        "message = \"{body\"",
        "line 4, column 11: scheme mine: message has a brace without its partner",
    ),
    (
        "message = \"{bdoy}\"",
        "line 4, column 11: scheme mine: message has {bdoy}; did you mean body? (known: body, timestamp, id, url, method, secret, form:sorted, form:sorted-unique, header:NAME, json:/POINTER, query:NAME, config:KEY)",
    ),
    (
        "message = \"{timestamp}{body}\"",
        "line 4, column 11: scheme mine: message has {timestamp}, but there is no timestamp = { … }",
    ),
    (
        "message = \"{id}{body}\"",
        "line 4, column 11: scheme mine: message has {id}, but there is no id = { … }",
    ),
    (
        "message = \"{url}\"",
        "line 1, column 9: scheme mine: message lacks {body}; if that is meant, say covers_body = false",
    ),
    ("covers_body = false", "line 4, column 15: scheme mine: message has {body}: leave this out"),
    ("covers_body = \"no\"", "line 4, column 15: scheme mine: covers_body has to be true or false"),
    (
        "timestamp = { header = \"T\" }",
        "line 1, column 9: scheme mine: message is missing: how do time and id enter it?",
    ),
    (
        "timestamp = { header = \"T\" }\nmessage = \"{body}\"",
        "line 5, column 11: scheme mine: message lacks {timestamp}: what is not signed proves nothing",
    ),
    (
        "timestamp = { field = \"t\" }",
        "line 4, column 23: scheme mine: field needs a signature with pairs",
    ),
    (
        "timestamp = { field = \"t\", header = \"T\" }",
        "line 4, column 23: scheme mine: field and a place of its own exclude each other",
    ),
    (
        "timestamp = { tolerance = 1 }",
        "line 4, column 13: scheme mine: timestamp says not where: header, json, form, query or field",
    ),
    (
        "timestamp = { header = \"T-*\" }",
        "line 4, column 13: scheme mine: only the headers of a signature may be named with *",
    ),
    (
        "timestamp = { header = \"T\", tolerance = -1 }",
        "line 4, column 41: scheme mine: tolerance has to be a whole number that is not negative",
    ),
    (
        "timestamp = { header = \"T\", future = 1.5 }",
        "line 4, column 38: scheme mine: future has to be a whole number that is not negative",
    ),
    (
        "timestamp = { header = \"T\", format = \"unix_ms\" }",
        "line 4, column 38: scheme mine: format \"unix_ms\" is not known; did you mean unix-ms? (known: unix, unix-ms, rfc3339, http-date)",
    ),
    ("id = {}", "line 4, column 6: scheme mine: id says not where: header, json, form or query"),
    ("dedupe = \"id\"", "line 4, column 10: scheme mine: there is no id = { … }"),
    (
        "dedupe = \"webhook-id\"",
        "line 4, column 10: scheme mine: dedupe has to be id, or a place such as header:NAME or json:/POINTER",
    ),
];

/// Whole recipes of the other kinds, and what is wrong with them.
const OTHER_KINDS: &[(&str, &str)] = &[
    (
        "kind = \"digest\"\nsignature = { header = \"A\" }",
        "line 1, column 9: scheme mine: message is missing: how does the secret enter it?",
    ),
    (
        "kind = \"digest\"\nsignature = { header = \"A\" }\nmessage = \"{body}\"",
        "line 4, column 11: scheme mine: message lacks {secret}, so that anybody could make the digest",
    ),
    (
        "kind = \"signature\"\nsignature = { header = \"A\" }",
        "line 1, column 9: scheme mine: algorithm is missing, such as algorithm = \"ed25519\"",
    ),
    (
        "kind = \"signature\"\nalgorithm = \"rsa\"\nsignature = { header = \"A\" }",
        "line 3, column 13: scheme mine: algorithm \"rsa\" is not known (known: ed25519, ecdsa-p256-sha256-der, rsa-pkcs1-sha256, rsa-pkcs1-sha1)",
    ),
    (
        "kind = \"signature\"\nalgorithm = \"ed25519\"\nkey = { certificate = \"header:A\" }",
        "line 4, column 23: scheme mine: certificate needs hosts, which addresses are believed",
    ),
    (
        "kind = \"signature\"\nalgorithm = \"ed25519\"\nkey = { hosts = [\"a.test\"] }",
        "line 4, column 18: scheme mine: hosts needs certificate, where the address stands",
    ),
    ("kind = \"token\"", "line 1, column 9: scheme mine: token is missing: where does it stand?"),
    (
        "kind = \"token\"\ntoken = { header = \"X\", scheme = \"Bearer\" }",
        "line 3, column 34: scheme mine: scheme is the word at the beginning of the header Authorization",
    ),
    (
        "kind = \"token\"\ntoken = { header = \"$heder\" }",
        "line 3, column 20: scheme mine: \"$heder\" is not the name of a header",
    ),
    (
        "kind = \"jwt\"\ntoken = { header = \"A\" }",
        "line 1, column 9: scheme mine: message lacks {body}; if that is meant, say covers_body = false",
    ),
    (
        "kind = \"jwt\"\ntoken = { header = \"A\" }\nalgorithms = [\"none\"]",
        "line 4, column 15: scheme mine: algorithms \"none\" is not known (known: HS256, HS384, HS512, RS256, RS384, RS512, ES256)",
    ),
    (
        "kind = \"jwt\"\ntoken = { header = \"A\" }\nclaims = { issuer = \"x\" }",
        "line 4, column 12: scheme mine: unknown key issuer",
    ),
    ("kind = \"basic\"\nhash = \"sha1\"", "line 3, column 1: scheme mine: unknown key hash"),
];

/// Lines below [`SIGNED`] about everything around the signature, and what is wrong with them.
const CHALLENGES: &[(&str, &str)] = &[
    (
        "message = \"{secret}{body}\"",
        "line 4, column 11: scheme mine: message has {secret}, which is for kind = \"digest\"",
    ),
    (
        "message = \"{body|hmac}\"",
        "line 4, column 11: scheme mine: message has |hmac, which is for the answers to challenges",
    ),
    (
        "message = \"{body|md5}\"",
        "line 4, column 11: scheme mine: message has |md5 (known: crc32, sha256, hmac, hex, base64)",
    ),
    (
        "message = \"{body}{config:webhook}\"",
        "line 4, column 11: scheme mine: message has {config:webhook} (known: body, timestamp, id, url, method, secret, form:sorted, form:sorted-unique, header:NAME, json:/POINTER, query:NAME, config:KEY)",
    ),
    (
        "base = \"items\"",
        "line 4, column 8: scheme mine: \"items\" is not a JSON pointer such as /data/id; ./ leads on from base",
    ),
    (
        "url = { try = [\"as-is\"] }",
        "line 4, column 7: scheme mine: message lacks {url}, so that there is nothing to try",
    ),
    ("body = { try = [] }", "line 4, column 8: scheme mine: body lacks try, a list of readings"),
    (
        "key = { encoding = \"hex\", normalize = \"nfkd\" }",
        "line 4, column 7: scheme mine: only a key that is text can be normalized",
    ),
    ("require = [{ header = \"A\" }]", "line 4, column 12: scheme mine: require lacks equals"),
    (
        "require = [{ header = \"A\", equals = \"$apkey\" }]",
        "line 4, column 37: scheme mine: equals has $apkey; did you mean app_key? (known: app_key, verify_token, webhook_id)",
    ),
    (
        "require = [{ header = \"A\", equals = \"1\", reason = \"wrong\" }]",
        "line 4, column 51: scheme mine: reason \"wrong\" is not known (known: missing_credential, malformed_credential, unknown_key, unsupported_algorithm, wrong_credential, signature_mismatch, digest_mismatch, stale, in_future, claim_mismatch, not_covered, untrusted_certificate, reused)",
    ),
    (
        "digest = [{ from = \"claim:h\", of = \"{body}\" }]",
        "line 4, column 20: scheme mine: only a token has claims",
    ),
    ("digest = [{ of = \"{body}\" }]", "line 4, column 11: scheme mine: digest lacks from"),
    (
        "hints = [\"x\"]",
        "line 4, column 10: scheme mine: hints \"x\" is not known (known: body-is-ascii-escaped)",
    ),
    (
        "reply = { ok = 200 }",
        "line 4, column 9: scheme mine: reply has empty = true: it never has a body",
    ),
    (
        "reply = { ok = 100, empty = true }",
        "line 4, column 16: scheme mine: 100 is not a status from 200 to 599",
    ),
    (
        "challenge = [{ reply = {} }]",
        "line 4, column 14: scheme mine: challenge lacks when, what makes it one",
    ),
    (
        "challenge = [{ when = { verified = true }, reply = {} }]",
        "line 4, column 23: scheme mine: when says nothing that tells a challenge from a delivery",
    ),
    (
        "challenge = [{ when = { equals = \"x\" }, reply = {} }]",
        "line 4, column 23: scheme mine: equals needs a place to compare with",
    ),
    (
        "challenge = [{ when = { method = \"G T\" }, reply = {} }]",
        "line 4, column 34: scheme mine: \"G T\" is not a method",
    ),
    (
        "challenge = [{ when = { method = \"GET\" } }]",
        "line 4, column 14: scheme mine: challenge lacks reply",
    ),
    (
        "challenge = [{ when = { method = \"GET\" }, reply = { type = \"text/html\", body = \"x\" } }]",
        "line 4, column 60: scheme mine: type is \"text/plain\": what is echoed is the asker's",
    ),
    (
        "challenge = [{ when = { method = \"GET\" }, reply = { headers = { Content-Type = \"x\" } } }]",
        "line 4, column 80: scheme mine: the content type follows from body or json",
    ),
    (
        "challenge = [{ when = { method = \"GET\" }, reply = { body = \"{body}\" } }]",
        "line 4, column 60: scheme mine: an answer is made of {header:NAME}, {json:/POINTER} and {query:NAME}",
    ),
    (
        "challenge = [{ when = { method = \"GET\" }, reply = { json = { a = [] } } }]",
        "line 4, column 66: scheme mine: a member is text, a number, true or false",
    ),
];

#[test]
fn a_recipe_that_cannot_work_is_refused_at_the_place_that_is_wrong() {
    for (lines, expected) in RECIPES {
        assert_eq!(complaint(lines).as_deref(), Some(*expected));
    }
    for (line, expected) in LINES {
        assert_eq!(complaint(&format!("{SIGNED}{line}")).as_deref(), Some(*expected));
    }
}

#[test]
fn a_recipe_of_another_kind_that_cannot_work_is_refused_too() {
    for (lines, expected) in OTHER_KINDS {
        assert_eq!(complaint(lines).as_deref(), Some(*expected));
    }
    for (line, expected) in CHALLENGES {
        assert_eq!(complaint(&format!("{SIGNED}{line}")).as_deref(), Some(*expected));
    }
}
