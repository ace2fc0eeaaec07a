//! The outbox and the way to the mail server. Texts are constant, in the language of the institution that hears.

use std::sync::Arc;
use std::time::Duration;

use notify::{Post, Text, drain};
use report::InstitutionCode;
use report::notice::NoticeKind;
use routing::Registry;
use store::{Moment, Store};
use tokio::sync::watch;
use web::Instruments;
use words::{Language, text};

use crate::Config;
use crate::command::Failure;
use crate::foundation::read;

/// Minutes to wait after each refusal, before a mail is given up: about two days in all.
const AGAIN: [i32; 8] = [1, 5, 15, 60, 180, 360, 720, 1440];

/// How long the conversation that is held when the server is told to stop may still take. A mail server that hangs longer is left.
const LAST: Duration = Duration::from_secs(3);

/// What takes notices to their institutions.
pub(crate) struct Courier {
    post: Post,
    registry: Arc<Registry>,
    pause: Duration,
}

impl Courier {
    /// The courier of a deployment, when it sends mail.
    pub(crate) fn hire(config: &Config, registry: Arc<Registry>) -> Result<Option<Self>, Failure> {
        let Some(settings) = config.mail.settings() else { return Ok(None) };
        let password = match config.mail.password_file.as_str() {
            "" => None,
            file => Some(read(&config.path(file))?.trim_end_matches(['\r', '\n']).to_owned()),
        };
        let post = Post::new(&settings, password).map_err(Failure::of)?;
        Ok(Some(Self { post, registry, pause: Duration::from_secs(config.mail.seconds) }))
    }

    /// Looks into the outbox now and then, until the server stops.
    pub(crate) async fn run(self, store: Store, instruments: Instruments, mut stop: watch::Receiver<bool>) {
        let mut rounds = tokio::time::interval(self.pause);
        let mut left = stop.clone();
        loop {
            tokio::select! {
                _ = rounds.tick() => {}
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
            tokio::select! {
                () = self.round(&store, &instruments, &stop) => {}
                () = too_long(&mut left) => {
                    tracing::warn!("the mail server was left in mid-conversation");
                    return;
                }
            }
        }
    }

    async fn round(&self, store: &Store, instruments: &Instruments, stop: &watch::Receiver<bool>) {
        let now = Moment::of_unix_seconds(instruments.now());
        let texts = |institution: &InstitutionCode, kind: NoticeKind| self.text(institution, kind);
        if let Err(error) = drain((store, &self.post), texts, &AGAIN, now, || *stop.borrow()).await {
            tracing::error!(%error, "the outbox could not be read");
        }
    }

    fn text(&self, institution: &InstitutionCode, kind: NoticeKind) -> Text {
        let languages = self.registry.get(institution).map(|known| known.languages.as_slice()).unwrap_or_default();
        let language = languages.iter().find_map(|code| code.as_str().parse().ok()).unwrap_or(Language::English);
        let kind = kind.as_str();
        let part = |part: &str| text(language, &format!("notice-{kind}-{part}"), &[]);
        Text { subject: part("subject"), body: part("body") }
    }
}

/// Ends when the server was told to stop and what was begun took too long to end.
async fn too_long(stop: &mut watch::Receiver<bool>) {
    // Where nobody is left who could tell to stop, it is over as well.
    stop.wait_for(|stopped| *stopped).await.ok();
    tokio::time::sleep(LAST).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_a_subject_and_a_body() {
        for kind in NoticeKind::ALL {
            for part in ["subject", "body"] {
                let key = format!("notice-{}-{part}", kind.as_str());
                assert!(words::known(&key), "{key}");
            }
        }
    }
}
