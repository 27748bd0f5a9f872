//! Https: whom the client trusts, and how it tells whom it does not.

use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::client::tls::authorities;
use hookscope::domain::attempt::AttemptError;
use hookscope::domain::url::Url;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;

use super::server::{self, Answer, answer};
use super::{accounts, answered, client, failed, get};
use crate::support::within;

/// A certificate authority of its own.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
    /// Its certificate, as a file has it.
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let text = STANDARD.encode(&der);
        let pem = format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
        Self { issuer: Issuer::new(params, key), der, pem }
    }

    /// An HTTPS server with a certificate of this authority.
    pub(crate) async fn server(
        &self,
        names: &[&str],
        change: fn(&mut CertificateParams),
    ) -> SocketAddr {
        let names = names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut params = CertificateParams::new(names).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                key.serialize_der().try_into().unwrap(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let Some(request) = server::request(&mut stream).await else { return };
                    if request.starts_with("GET /cut") {
                        // The end of the connection without the end of TLS.
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nhalf").await;
                        let _ = stream.flush().await;
                        let _ = stream.get_mut().0.shutdown().await;
                        return;
                    }
                    server::write(stream, answer(200, "", "private")).await;
                });
            }
        });
        address
    }

    fn trusted(&self) -> Client {
        client().trusting([self.der.clone()])
    }
}

fn url(host: &str, address: SocketAddr, path: &str) -> Url {
    Url::parse(&format!("https://{host}:{}{path}", address.port())).unwrap()
}

#[tokio::test]
async fn a_certificate_of_a_trusted_authority_for_this_name_is_accepted() {
    let authority = Authority::new("ours");
    let server = authority.server(&["localhost", "127.0.0.1"], |_| {}).await;
    for host in ["localhost", "127.0.0.1"] {
        let client = authority.trusted();
        let (timing, outcome) = within(client.send(&get(url(host, server, "/")))).await;
        assert_eq!(answered(outcome).body, "private");
        assert!(timing.connect.is_some());
        assert_eq!(client.reach(&url(host, server, "/")).await, Ok(()));
    }
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_is_told_with_the_reason() {
    let (authority, stranger) = (Authority::new("ours"), Authority::new("stranger"));
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    let future = |params: &mut CertificateParams| params.not_before = date_time_ymd(4000, 1, 1);
    for (server, client, part) in [
        (
            authority.server(&["localhost"], |_| {}).await,
            stranger.trusted(),
            "is self-signed, or of an authority that this machine does not trust",
        ),
        (authority.server(&["localhost"], expired).await, authority.trusted(), "has expired"),
        (authority.server(&["localhost"], future).await, authority.trusted(), "is not valid yet"),
        (authority.server(&["a.test"], |_| {}).await, authority.trusted(), "is for another name ("),
    ] {
        let (_, outcome) = within(client.send(&get(url("localhost", server, "/")))).await;
        let (error, message) = failed(&outcome);
        assert_eq!(error, AttemptError::Tls, "{message}");
        assert!(message.contains(part) && message.contains("localhost"), "{message}");
    }
}

#[tokio::test]
async fn a_server_without_tls_is_told_as_that() {
    let authority = Authority::new("ours");
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = plain.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = plain.accept().await.unwrap();
        server::write(stream, Answer::Bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n".into())).await;
    });
    let (_, outcome) = within(authority.trusted().send(&get(url("127.0.0.1", address, "/")))).await;
    let (error, message) = failed(&outcome);
    assert_eq!(error, AttemptError::Tls);
    assert!(message.contains("does not speak TLS there; is its address http?"), "{message}");
}

#[tokio::test]
async fn an_answer_whose_end_is_not_certain_is_none() {
    let authority = Authority::new("ours");
    let server = authority.server(&["localhost"], |_| {}).await;
    let (_, outcome) =
        within(authority.trusted().send(&get(url("localhost", server, "/cut")))).await;
    let (error, message) = failed(&outcome);
    assert_eq!(error, AttemptError::Reset, "{message}");
    assert!(message.contains("broke before the answer was complete"), "{message}");
}

#[tokio::test]
async fn whoever_asks_for_it_believes_everybody_but_never_with_credentials() {
    let stranger = Authority::new("stranger");
    let insecure = Client::new(Policy { insecure: true, ..Policy::default() });
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    for server in
        [stranger.server(&["a.test"], |_| {}).await, stranger.server(&["localhost"], expired).await]
    {
        let url = url("localhost", server, "/");
        let (_, outcome) = within(insecure.send(&get(url.clone()))).await;
        assert_eq!(answered(outcome).body, "private");

        let also = insecure.clone().trusting([Authority::new("ours").der]);
        let (_, outcome) = within(also.send(&get(url.clone()))).await;
        assert_eq!(answered(outcome).body, "private", "a further authority takes nothing back");

        let account = accounts::account(&[&format!("localhost:{}", server.port())], None);
        let attempt = accounts::fetch(&insecure, &account, url.clone()).await;
        assert_eq!(failed(&attempt.outcome).0, AttemptError::Tls);
        assert_eq!(insecure.reach(&url).await.unwrap_err().error, AttemptError::Tls);
    }
}

#[tokio::test]
async fn the_authorities_of_a_file_are_trusted() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let server = ours.server(&["localhost"], |_| {}).await;
    let file = format!("# two of them\n{}{}", other.pem, ours.pem);
    let client = client().trusting(authorities(file.as_bytes()).unwrap());
    let (_, outcome) = within(client.send(&get(url("localhost", server, "/")))).await;
    assert_eq!(answered(outcome).body, "private");
    for (file, part) in [
        ("", "has no certificate in PEM form"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "has no certificate"),
        ("-----BEGIN CERTIFICATE-----\n%%\n-----END CERTIFICATE-----\n", "cannot be read: "),
    ] {
        let why = authorities(file.as_bytes()).unwrap_err();
        assert!(why.contains(part), "{file}: {why}");
    }
}
