use std::io;

use tokio_rustls::rustls::{CertificateError, Error};

use super::unsafe_connection;
use crate::domain::attempt::AttemptError;

#[test]
fn why_a_connection_is_not_trusted_is_told() {
    let certificate = |error| io::Error::other(Error::InvalidCertificate(error));
    for (error, kind, part) in [
        (certificate(CertificateError::Expired), AttemptError::Tls, "has expired"),
        (certificate(CertificateError::NotValidYet), AttemptError::Tls, "is not valid yet"),
        (certificate(CertificateError::NotValidForName), AttemptError::Tls, "is for another name"),
        (certificate(CertificateError::UnknownIssuer), AttemptError::Tls, "is self-signed, or"),
        (certificate(CertificateError::Revoked), AttemptError::Tls, "was revoked"),
        (certificate(CertificateError::BadEncoding), AttemptError::Tls, "cannot be trusted: "),
        (io::Error::other(Error::DecryptError), AttemptError::Tls, "no private connection to"),
        (io::ErrorKind::UnexpectedEof.into(), AttemptError::Reset, "ended the connection before"),
    ] {
        let failure = unsafe_connection("a.test", &error);
        assert_eq!(failure.error, kind, "{failure}");
        assert!(failure.message.contains(part) && failure.message.contains("a.test"), "{failure}");
    }
}
