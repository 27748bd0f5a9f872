//! Senders whose signatures no recipe can tell, each in a file of its own.
//!
//! Nothing is fetched here: a certificate is what the config holds it to be.

pub mod sns;
pub mod contentful;
pub mod plivo;
mod multipart;
pub mod dropbox_sign;

use super::received::Received;
use super::refutation::Refutation;
use super::signing::{CannotSign, Signing};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use contentful::Contentful;
use dropbox_sign::DropboxSign;
use plivo::Plivo;
use sns::Sns;

/// A sender with a scheme of its own.
#[derive(Clone, Debug)]
pub enum Custom {
    /// Amazon SNS.
    Sns(Sns),
    /// Contentful.
    Contentful(Contentful),
    /// Plivo, version 3 of its signatures.
    Plivo(Plivo),
    /// Dropbox Sign.
    DropboxSign(DropboxSign),
}

impl Custom {
    /// The name of the scheme.
    pub(super) fn name(&self) -> &SchemeName {
        match self {
            Self::Sns(sns) => &sns.name,
            Self::Contentful(contentful) => &contentful.name,
            Self::Plivo(plivo) => &plivo.name,
            Self::DropboxSign(sign) => &sign.name,
        }
    }

    /// The notes for a request whose signature holds.
    pub(super) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        match self {
            Self::Sns(sns) => sns.check(request, received),
            Self::Contentful(contentful) => contentful.check(request, received),
            Self::Plivo(plivo) => plivo.check(request, received),
            Self::DropboxSign(sign) => sign.check(request, received),
        }
    }

    /// The request with what makes it verify.
    pub(super) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        match self {
            Self::Sns(_) => Err(CannotSign::NoPrivateKey),
            Self::Contentful(contentful) => contentful.sign(request, signing),
            Self::Plivo(plivo) => plivo.sign(request, signing),
            Self::DropboxSign(sign) => sign.sign(request),
        }
    }

    /// What stays the same when the sender tries again.
    pub(super) fn dedupe_key<'a>(&self, request: &'a Request) -> Option<&'a [u8]> {
        match self {
            Self::Sns(_) => request.headers.first("x-amz-sns-message-id"),
            Self::Contentful(_) | Self::Plivo(_) | Self::DropboxSign(_) => None,
        }
    }
}
