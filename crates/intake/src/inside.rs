//! What another door of this server hands in and asks for. It ends in the same `receive` as everything.

use bytes::Bytes;
use report::Sha256;
use store::{Filed, Thread};
use vault::{Acknowledgement, Envelope, Refusal, Token};
use web::{Code, Problem};

use crate::puzzle::WAIT;
use crate::{Intake, receive};

/// Bytes handed to the store at once.
const PIECE: usize = 512 * 1024;

/// A page that is to come again later.
pub struct Wait {
    /// What it comes again with; good once.
    pub ticket: String,
    /// Seconds it waits before.
    pub seconds: i64,
}

impl Intake {
    /// Lets one page of the plain door in that is about to be sealed. `ticket` is what it was given when it had to wait.
    ///
    /// # Errors
    /// When too many come in this hour: what to come again with.
    pub fn let_in_plain(&self, ticket: Option<&str>) -> Result<(), Wait> {
        let challenge = self.flood().enter_plain(ticket, self.at_the_gate());
        challenge.map_err(|challenge| Wait { ticket: challenge.text, seconds: WAIT })
    }

    /// The report of a receipt, by the hash of its lookup id.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn thread(&self, lookup: &Sha256) -> Result<Option<Thread>, Problem> {
        Ok(self.store().snapshot().await?.receipt(lookup).await?)
    }

    /// What the server signs: the proof that a report was kept.
    pub fn promise(&self, promise: &Acknowledgement) -> Option<String> {
        self.notary().acknowledge(promise)
    }

    /// Takes in a first statement that this server sealed itself, in its memory. The report carries the mark for ever.
    ///
    /// # Errors
    /// What `receive` refuses.
    pub async fn take_plain(&self, envelope: Envelope) -> Result<Filed, Problem> {
        let facets = receive::admit(self, &envelope)?.ok_or(Refusal::FacetsPresence)?;
        Ok(receive::receive(self, envelope, facets, receive::Door::Plain).await?.0)
    }

    /// Takes in a later statement of a reporter about the report of this thread.
    ///
    /// # Errors
    /// What `hold` refuses.
    pub async fn take_statement(&self, thread: Thread, envelope: Envelope) -> Result<Filed, Problem> {
        let signer = envelope.statement.body().signer;
        let known = self.store().snapshot().await?.known(thread.report, &signer).await?.ok_or(Code::NotFound)?;
        let facets = receive::admit(self, &envelope)?.unwrap_or(thread.facets);
        let stated = receive::hold(self, envelope, facets, Some(known)).await?;
        Ok(self.store().state(stated, self.now()).await?)
    }

    /// Takes in a sealed part that is too large for an envelope, and says by which name the envelope calls it.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub async fn take_upload(&self, mut sealed: Bytes) -> Result<Token, Problem> {
        let length = u64::try_from(sealed.len()).map_err(|_| Code::BodyTooLarge)?;
        let upload = self.store().begin_upload(length, self.today()).await?;
        let mut received = 0;
        while !sealed.is_empty() {
            let piece = sealed.split_to(PIECE.min(sealed.len()));
            received = self.store().append(upload, received, piece, self.today()).await?.received;
        }
        Token::try_from(upload.to_string().as_str()).map_err(|_| Code::Internal.into())
    }
}
