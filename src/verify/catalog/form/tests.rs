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
        "line 2, column 8: scheme mine: kind \"mak\" is not known; did you mean mac? (known: mac)",
    ),
    ("kind = 1", "line 2, column 8: scheme mine: kind has to be text"),
    (
        "kind = \"mac\"\nsignature = \"A\"",
        "line 3, column 13: scheme mine: signature has to be a table",
    ),
    ("kind = \"mac\"\nsignature = {}", "line 3, column 13: scheme mine: signature has no header"),
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
        "line 3, column 40: scheme mine: encoding \"base32\" is not known; did you mean base64? (known: hex, base64)",
    ),
];

/// Lines below [`SIGNED`], and what is wrong with them.
const LINES: &[(&str, &str)] = &[
    (
        "hash = \"md5\"",
        "line 4, column 8: scheme mine: hash \"md5\" is not known (known: sha1, sha256, sha512)",
    ),
    ("hsah = \"sha1\"", "line 4, column 1: scheme mine: unknown key hsah; did you mean hash?"),
    ("challenge = []", "line 4, column 1: scheme mine: unknown key challenge"),
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
        "line 4, column 11: scheme mine: message has {bdoy}; did you mean body? (known: body, timestamp, id, url, method, header:NAME)",
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
        "line 4, column 23: scheme mine: header and field exclude each other",
    ),
    (
        "timestamp = { tolerance = 1 }",
        "line 4, column 13: scheme mine: timestamp has neither header nor field",
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
    ("id = {}", "line 4, column 6: scheme mine: id has no header"),
    ("dedupe = \"id\"", "line 4, column 10: scheme mine: there is no id = { … }"),
    (
        "dedupe = \"webhook-id\"",
        "line 4, column 10: scheme mine: dedupe has to be id or header:NAME",
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
