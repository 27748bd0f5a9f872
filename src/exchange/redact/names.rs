//! Which names tell that their value must not be shared.

use crate::domain::masking;

/// Why a value must not be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sensitivity {
    /// It lets somebody in.
    Secret,
    /// It tells something of a person.
    Personal,
}

/// Names of personal data, in lower case and without `_`, `-` and spaces. Providers document
/// `customer_name`, `guest_name`, `message`, `reviewer_name`, `content`, `customer` and `guarantee`;
/// the others are what people call such things. Everything below such a member is personal too.
const WHOLE: &[&str] = &[
    "address",
    "address1",
    "address2",
    "addressline1",
    "addressline2",
    "birthday",
    "birthdate",
    "cell",
    "content",
    "customer",
    "customername",
    "cvc",
    "cvv",
    "dob",
    "fax",
    "guarantee",
    "guest",
    "guestname",
    "homephone",
    "iban",
    "mail",
    "message",
    "mobile",
    "nationalid",
    "nickname",
    "notes",
    "passport",
    "rawcontent",
    "reviewername",
    "socialsecuritynumber",
    "ssn",
    "street",
    "taxid",
    "tel",
    "telephone",
    "zip",
];

/// Ends of names of personal data, such as `contact_email`.
const ENDS: &[&str] = &[
    "accountnumber",
    "birthdate",
    "cardholdername",
    "cardnumber",
    "clientip",
    "connectingip",
    "customername",
    "dateofbirth",
    "email",
    "emailaddress",
    "familyname",
    "firstname",
    "forwardedfor",
    "fullname",
    "givenname",
    "guestname",
    "iban",
    "ipaddress",
    "lastname",
    "maidenname",
    "middlename",
    "mobilenumber",
    "passportnumber",
    "phone",
    "phonenumber",
    "postalcode",
    "postcode",
    "realip",
    "reviewername",
    "routingnumber",
    "streetaddress",
    "surname",
    "zipcode",
];

/// Names of credentials that are too common elsewhere to be taken for one in a header or a body.
const IN_PAIRS: &[&str] = &["auth", "hmac", "key", "pass", "pwd", "sid", "sig", "signature"];

/// Why the value of a member of that name must not be shared, if so.
pub(super) fn of_member(name: &str) -> Option<Sensitivity> {
    if masking::is_credential(name.as_bytes()) {
        return Some(Sensitivity::Secret);
    }
    let name = plain(name);
    let is_personal = WHOLE.contains(&&*name) || ENDS.iter().any(|end| name.ends_with(end));
    is_personal.then_some(Sensitivity::Personal)
}

/// The same for a parameter of a query or a field of a form: `customer[email]` has two names.
pub(super) fn of_parameter(name: &str) -> Option<Sensitivity> {
    if IN_PAIRS.contains(&&*plain(name)) {
        return Some(Sensitivity::Secret);
    }
    name.split(['[', ']', '.']).find_map(of_member)
}

/// Whether the header is a signature or digest over what was sent, which a changed body makes
/// wrong.
pub(super) fn is_proof(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let beside =
        ["input", "timestamp", "time", "nonce", "version", "method", "algorithm", "key", "id"];
    let is_beside = |name: &str| name.rsplit('-').next().is_some_and(|end| beside.contains(&end));
    (name.contains("signature") || name.contains("hmac")) && !is_beside(&name)
}

/// Whether the header is a digest of the body.
pub(super) fn is_digest(name: &str) -> bool {
    let digests = ["content-md5", "digest", "content-digest", "repr-digest"];
    digests.iter().any(|digest| name.eq_ignore_ascii_case(digest))
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Sensitivity, is_proof, of_member, of_parameter};

    #[test]
    fn a_name_is_known_in_whatever_form_it_is_written() {
        for name in [
            "customer_name",
            "customerName",
            "Customer-Name",
            "GuestName",
            "contact_email",
            "eMail",
            "homePhone",
            "billing_address",
            "card_number",
            "Customer",
            "guarantee",
            "date of birth",
        ] {
            let expected = (name != "billing_address").then_some(Sensitivity::Personal);
            assert_eq!(of_member(name), expected, "{name}");
        }
        for name in ["token", "client_secret", "X-Api-Key", "password"] {
            assert_eq!(of_member(name), Some(Sensitivity::Secret), "{name}");
        }
        for name in ["name", "message_thread_id", "contentType", "id", "event", "emails_sent", ""] {
            assert_eq!(of_member(name), None, "{name}");
        }
        assert_eq!(of_parameter("customer[id]"), Some(Sensitivity::Personal));
        assert_eq!(of_parameter("key"), Some(Sensitivity::Secret));
        assert_eq!(of_parameter("keyword"), None);
    }

    #[test]
    fn a_signature_is_told_from_what_stands_beside_it() {
        for name in
            ["X-Hub-Signature-256", "Stripe-Signature", "X-Shopify-Hmac-Sha256", "Signature"]
        {
            assert!(is_proof(name), "{name}");
        }
        for name in ["Signature-Input", "X-Signature-Timestamp", "X-Plivo-Signature-V3-Nonce"] {
            assert!(!is_proof(name), "{name}");
        }
    }
}
