//! TLS as a client: by ring, and trusting what this machine trusts, a company's own authority
//! included.

use std::io;
use std::sync::Arc;

use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    self, CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme,
};

use super::failure::Failure;
use crate::domain::attempt::AttemptError;
use crate::domain::url::Url;

/// The authorities in a PEM file, as DER.
///
/// # Errors
/// When there is none in it, or one that cannot be read; continues "the file …".
pub fn authorities(pem: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let found = CertificateDer::pem_slice_iter(pem)
        .map(|found| found.map(|certificate| certificate.to_vec()))
        .collect::<Result<Vec<_>, _>>();
    match found {
        Ok(found) if found.is_empty() => Err("has no certificate in PEM form".to_owned()),
        Ok(found) => Ok(found),
        Err(error) => Err(format!("has a certificate that cannot be read: {error}")),
    }
}

/// What is trusted. The machine's own trust is read when the first connection asks for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tls {
    further: Arc<[CertificateDer<'static>]>,
    insecure: bool,
    config: Arc<OnceCell<Result<Arc<ClientConfig>, String>>>,
}

impl Tls {
    /// Trusts everybody if `insecure`, else those whom the machine trusts.
    pub(crate) fn new(insecure: bool) -> Self {
        Self { insecure, ..Self::default() }
    }

    /// Whether everybody is trusted.
    pub(crate) fn is_insecure(&self) -> bool {
        self.insecure
    }

    /// Trusts these authorities as well.
    pub(crate) fn trusting(&self, further: Vec<CertificateDer<'static>>) -> Self {
        Self { further: further.into(), insecure: self.insecure, config: Arc::default() }
    }

    /// Makes the connection private, with somebody who proves to be the host of the address.
    pub(crate) async fn handshake(
        &self,
        url: &Url,
        stream: TcpStream,
    ) -> Result<TlsStream<TcpStream>, Failure> {
        let failed = |why: String| Failure::new(AttemptError::Tls, why);
        let config = self.config.get_or_init(async || {
            let (further, insecure) = (Arc::clone(&self.further), self.insecure);
            // The machine's certificates are read from files, which takes its time.
            let made = tokio::task::spawn_blocking(move || config(&further, insecure)).await;
            made.unwrap_or_else(|error| Err(error.to_string()))
        });
        let config = config.await.clone().map_err(|error| {
            failed(format!("the certificates that this machine trusts cannot be read: {error}"))
        })?;
        let host = url.host();
        let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(name).map_err(|_invalid| {
            failed(format!("{host} is a name that no certificate can be for"))
        })?;
        TlsConnector::from(config)
            .connect(name, stream)
            .await
            .map_err(|error| unsafe_connection(&host, &error))
    }
}

fn config(
    further: &[CertificateDer<'static>],
    insecure: bool,
) -> Result<Arc<ClientConfig>, String> {
    let provider = Arc::new(ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = if insecure {
        Arc::new(Credulous(provider.signature_verification_algorithms.supported_schemes()))
    } else {
        let further = further.iter().cloned();
        let verifier = Verifier::new_with_extra_roots(further, Arc::clone(&provider));
        Arc::new(verifier.map_err(|error| error.to_string())?)
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Believes everybody: for the self-signed certificate of somebody's own machine, when asked for.
#[derive(Debug)]
struct Credulous(Vec<SignatureScheme>);

impl ServerCertVerifier for Credulous {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.clone()
    }
}

/// Why there is no connection that can be trusted, in words.
fn unsafe_connection(host: &str, error: &io::Error) -> Failure {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(certificate)) => {
            let why = mistrust(certificate);
            Failure::new(AttemptError::Tls, format!("the certificate of {host} {why}"))
        }
        Some(rustls::Error::InvalidMessage(_)) => {
            let message = format!("{host} does not speak TLS there; is its address http?");
            Failure::new(AttemptError::Tls, message)
        }
        Some(other) => {
            let message = format!("no private connection to {host}: {other}");
            Failure::new(AttemptError::Tls, message)
        }
        None => {
            let message = format!("{host} ended the connection before it was private: {error}");
            Failure::new(AttemptError::Reset, message)
        }
    }
}

/// Continues "the certificate of …".
fn mistrust(error: &CertificateError) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "has expired, or the clock of this machine is wrong".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "is not valid yet, or the clock of this machine is wrong".to_owned()
        }
        CertificateError::NotValidForNameContext { presented, .. } if !presented.is_empty() => {
            let names = presented.join(", ");
            format!("is for another name ({names})")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "is for another name".to_owned()
        }
        CertificateError::UnknownIssuer => {
            "is self-signed, or of an authority that this machine does not trust".to_owned()
        }
        CertificateError::Revoked => "was revoked".to_owned(),
        other => format!("cannot be trusted: {other}"),
    }
}

#[cfg(test)]
mod tests;
