//! Handing one mail over.

use std::fmt;
use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, Message, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use report::notice::Notice;
use store::Moment;

use crate::address::Address;
use crate::config::{Config, Security};

/// How long a mail server may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// The constant text of a kind of notice, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The subject; the reference follows it.
    pub subject: String,
    /// The body.
    pub body: String,
}

/// Why a mail was not handed over. Names no address and repeats nothing the server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostFault {
    /// The settings cannot be used.
    Settings,
    /// The mail could not be written.
    Message,
    /// The server did not take it now, or did not answer.
    NotNow,
    /// The server will never take it.
    Never,
}

impl fmt::Display for PostFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Settings => "the mail settings cannot be used",
            Self::Message => "the mail could not be written",
            Self::NotNow => "the mail server did not take it now",
            Self::Never => "the mail server refuses it",
        })
    }
}

impl std::error::Error for PostFault {}

/// The way to the mail server.
#[derive(Clone)]
pub struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    domain: String,
}

impl Post {
    /// Sets the way up; connects when there is something to send.
    ///
    /// # Errors
    /// [`PostFault::Settings`].
    pub fn new(config: &Config, password: Option<String>) -> Result<Self, PostFault> {
        let from: Address = config.from.parse().map_err(|_| PostFault::Settings)?;
        let server = match config.security {
            Security::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&config.host),
            Security::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&config.host),
            Security::Plain => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.host.clone())),
        };
        let server = server.map_err(|_| PostFault::Settings)?.port(config.port).timeout(Some(PATIENCE));
        let server = server.hello_name(ClientId::Domain(config.domain.clone()));
        let server = match (&config.account, password) {
            (Some(account), Some(password)) => server.credentials(Credentials::new(account.clone(), password)),
            (None, None) => server,
            _ => return Err(PostFault::Settings),
        };
        Ok(Self {
            server: server.build(),
            from: Mailbox::new(None, from.inner().clone()),
            domain: config.domain.clone(),
        })
    }

    /// Hands one notice over to one address. `name` makes the Message-ID.
    ///
    /// # Errors
    /// [`PostFault`].
    pub async fn send(
        &self,
        (notice, text): (&Notice, &Text),
        name: &str,
        to: &Address,
        now: Moment,
    ) -> Result<(), PostFault> {
        let minutes = u64::try_from(now.minute()).unwrap_or_default();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.inner().clone()))
            .subject(format!("{} ({})", text.subject, notice.reference()))
            .message_id(Some(format!("<{name}@{}>", self.domain)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(minutes * 60))
            .singlepart(SinglePart::plain(text.body.clone()))
            .map_err(|_| PostFault::Message)?;
        match self.server.send(message).await {
            Ok(_) => Ok(()),
            Err(fault) if fault.is_permanent() => Err(PostFault::Never),
            Err(_) => Err(PostFault::NotNow),
        }
    }
}
