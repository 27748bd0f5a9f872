//! Where a request carries the parameters of the protocol (RFC 5849 section 3.5), for signing it
//! anew at the same place.

use bytes::Bytes;

use super::parameters::{Parameters, without_protocol};
use crate::domain::http::Request;
use crate::verify::authorization;
use crate::verify::signing::{CannotSign, field};

/// Where the parameters of the protocol stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Place {
    Header,
    Query,
    Form,
}

impl Place {
    /// Where they stand in this request; in the header if there are none.
    pub(in crate::verify) fn of(request: &Request) -> Self {
        if let Ok(Some(_)) = authorization::credentials(&request.headers, "OAuth") {
            return Self::Header;
        }
        let bare = without(request);
        if bare.target != request.target {
            Self::Query
        } else if bare.body != request.body {
            Self::Form
        } else {
            Self::Header
        }
    }

    /// The request with these parameters.
    pub(in crate::verify) fn write(
        self,
        request: Request,
        parameters: &Parameters<'_>,
        realm: Option<&[u8]>,
    ) -> Result<Request, CannotSign> {
        match self {
            Self::Header => {
                let field = field("Authorization", parameters.to_header(realm))?;
                Ok(Request { headers: request.headers.with(vec![field]), ..request })
            }
            Self::Query => {
                let sign = if request.target.contains('?') { '&' } else { '?' };
                let target = format!("{}{sign}{}", request.target, parameters.to_pairs());
                Ok(Request { target, ..request })
            }
            Self::Form => {
                let sign: &[u8] = if request.body.is_empty() { b"" } else { b"&" };
                let body = [&request.body, sign, parameters.to_pairs().as_bytes()].concat();
                Ok(Request { body: Bytes::from(body), ..request })
            }
        }
    }
}

/// The request without parameters of the protocol in query and form.
pub(in crate::verify) fn without(request: &Request) -> Request {
    let mut bare = request.clone();
    if let Some((path, query)) = request.target.split_once('?') {
        let kept = without_protocol(query.as_bytes());
        let kept = String::from_utf8(kept).expect("whole pairs are taken out of a text");
        if kept.is_empty() && !query.is_empty() {
            path.clone_into(&mut bare.target);
        } else {
            bare.target = format!("{path}?{kept}");
        }
    }
    if request.is_form() {
        bare.body = without_protocol(&request.body).into();
    }
    bare
}

#[cfg(test)]
mod tests;
