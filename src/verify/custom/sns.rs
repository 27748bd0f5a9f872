//! Amazon SNS: a signature in the JSON of the body, over some of its members
//! (docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages").
//!
//! Members are signed by their values, so that a body that was written anew still verifies.

mod address;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;
use crate::verify::clock::{TimeFormat, Window};
use crate::verify::encoding::Encoding;
use crate::verify::public_key::{PublicKey, SignatureAlgorithm};
use crate::verify::received::Received;
use crate::verify::refutation::{Refutation, excerpt};

pub(in crate::verify) use address::is_of_sns;

const UNCOVERED: &str = "covered are the message, its subject, id, type, topic and time, and nothing else of the request";

const ANY_TOPIC: &str =
    "any topic of any account passes; set topic_arn to the one that messages have to come from";

/// What an endpoint expects of Amazon SNS.
#[derive(Clone, Debug)]
pub struct Sns {
    pub(in crate::verify) name: SchemeName,
    /// What certificate addresses hold; there is at least one.
    pub(in crate::verify) certificates: BTreeMap<String, PublicKey>,
    /// The topic that messages have to come from, if it matters.
    pub(in crate::verify) topic_arn: Option<String>,
    /// How far the time of the message may lie from the arrival.
    pub(in crate::verify) window: Window,
}

/// The members of a message that matter.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Posted<'a> {
    #[serde(borrow, rename = "Type")]
    kind: Cow<'a, str>,
    #[serde(borrow, rename = "MessageId")]
    id: Cow<'a, str>,
    #[serde(borrow)]
    topic_arn: Cow<'a, str>,
    #[serde(borrow, rename = "Message")]
    text: Cow<'a, str>,
    #[serde(borrow)]
    timestamp: Cow<'a, str>,
    #[serde(borrow)]
    signature_version: Cow<'a, str>,
    #[serde(borrow)]
    signature: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "SigningCertURL", alias = "SigningCertUrl")]
    certificate: Cow<'a, str>,
    #[serde(borrow)]
    subject: Option<Cow<'a, str>>,
    #[serde(borrow)]
    token: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "SubscribeURL", alias = "SubscribeUrl")]
    subscribe_url: Option<Cow<'a, str>>,
}

impl Sns {
    /// The notes for a request whose signature holds.
    pub(in crate::verify) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let posted = read(request)?;
        let seconds = TimeFormat::Rfc3339.read(posted.timestamp.as_bytes()).ok_or_else(|| {
            let time = excerpt(posted.timestamp.as_bytes());
            Refutation::malformed(format!("Timestamp {time:?} is not {}", TimeFormat::Rfc3339))
        })?;
        let signature = posted
            .signature
            .as_ref()
            .ok_or_else(|| Refutation::missing("the body has no member Signature"))?;
        let signature = Encoding::Base64
            .decode(signature.as_bytes())
            .ok_or_else(|| Refutation::malformed("Signature cannot be read as base64"))?;
        let key = self.key(&posted.certificate)?;
        let algorithm = match &*posted.signature_version {
            "1" => SignatureAlgorithm::RsaPkcs1Sha1,
            "2" => SignatureAlgorithm::RsaPkcs1Sha256,
            other => {
                let other = excerpt(other.as_bytes());
                let message = format!("SignatureVersion is {other:?}, known are 1 and 2");
                return Err(Refutation::new(Reason::UnsupportedAlgorithm, message));
            }
        };
        if !key.verify(algorithm, posted.canonical().as_bytes(), &signature) {
            let message =
                format!("Signature is not that of this message by {algorithm} and the certificate");
            return Err(Refutation::new(Reason::SignatureMismatch, message));
        }
        if let Some(expected) = self.topic_arn.as_deref().filter(|arn| *arn != posted.topic_arn) {
            let sent = excerpt(posted.topic_arn.as_bytes());
            let message = format!(
                "the signature holds, but TopicArn is {sent:?}, the configured one is {expected:?}"
            );
            return Err(Refutation::new(Reason::ClaimMismatch, message));
        }
        self.window.judge(seconds, received.at)?;
        let any_topic = self.topic_arn.is_none().then_some(ANY_TOPIC);
        Ok([UNCOVERED].into_iter().chain(any_topic).map(str::to_owned).collect())
    }

    /// The key at a certificate address. It is asked first whether the address is one of Amazon at
    /// all, since that is what forgers change.
    fn key(&self, address: &str) -> Result<&PublicKey, Refutation> {
        if !is_of_sns(address) {
            let address = excerpt(address.as_bytes());
            let message = format!("SigningCertURL {address:?} is not an address of Amazon SNS");
            return Err(Refutation::new(Reason::UntrustedCertificate, message));
        }
        self.certificates.get(address).ok_or_else(|| {
            let message = format!(
                "SigningCertURL {address} is not configured; fetch it and name it under certificates"
            );
            Refutation::new(Reason::UnknownKey, message)
        })
    }
}

fn read(request: &Request) -> Result<Posted<'_>, Refutation> {
    if request.headers.first("x-amz-sns-rawdelivery").is_some() {
        let message = "raw message delivery is not signed; turn it off for this subscription";
        return Err(Refutation::missing(message));
    }
    serde_json::from_slice(&request.body).map_err(|error| {
        let problem = excerpt(error.to_string().as_bytes());
        let message = format!("the body is not a message of Amazon SNS: {problem}");
        if error.is_data() { Refutation::malformed(message) } else { Refutation::missing(message) }
    })
}

impl Posted<'_> {
    /// What is signed: the name and the value of each of these members, each on a line of its own.
    fn canonical(&self) -> String {
        let confirms = self.kind != "Notification";
        let members = [
            ("Message", Some(&self.text)),
            ("MessageId", Some(&self.id)),
            ("Subject", self.subject.as_ref().filter(|_| !confirms)),
            ("SubscribeURL", self.subscribe_url.as_ref().filter(|_| confirms)),
            ("Timestamp", Some(&self.timestamp)),
            ("Token", self.token.as_ref().filter(|_| confirms)),
            ("TopicArn", Some(&self.topic_arn)),
            ("Type", Some(&self.kind)),
        ];
        let lines = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
        lines.flat_map(|(name, value)| [name, "\n", value, "\n"]).collect()
    }
}

#[cfg(test)]
mod tests;
