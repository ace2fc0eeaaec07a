//! The server's signing key, as the doors may use it: to promise, and to state the log.

use std::sync::Arc;

use ledger::{Checkpoint, Export, Tree};
use report::InstitutionCode;
use signed::SigningKey;
use store::Store;
use triage::Awaited;
use vault::Acknowledgement;
use web::{Code, Problem};

/// The holder of the key.
pub(crate) struct Notary {
    key: Arc<SigningKey>,
    store: Store,
}

impl Notary {
    pub(crate) fn new(key: SigningKey, store: Store) -> Self {
        Self { key: Arc::new(key), store }
    }

    async fn state_log(&self, institution: &InstitutionCode) -> Result<String, Problem> {
        let lines = self.store.snapshot().await?.ledger(Some(institution)).await?;
        let key = self.key.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut tree = Tree::default();
            for line in &lines {
                tree.append(line.leaf);
            }
            let checkpoint = Checkpoint::of(&tree, &key).sign(&key).ok()?;
            Export { checkpoint, lines }.write().ok()
        });
        let unwritten = || Problem::new(Code::Internal).because("the log could not be written");
        written.await.ok().flatten().ok_or_else(unwritten)
    }
}

impl intake::Notary for Notary {
    fn acknowledge(&self, promise: &Acknowledgement) -> Option<String> {
        promise.write(&self.key).ok()
    }

    fn verifier(&self) -> String {
        self.key.verifier().to_string()
    }
}

impl triage::Logbook for Notary {
    fn export(&self, institution: &InstitutionCode) -> Awaited<'_, String> {
        let institution = institution.clone();
        Box::pin(async move { self.state_log(&institution).await })
    }
}
