//! Mails that wait, written in the transaction that made them true. Never a case, never an address, never to the closure: they go only
//! to institutions whose grant was admitted in the same transaction.

use report::InstitutionCode;
use report::notice::{Notice, NoticeKind, Reference};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::moment::Moment;
use crate::settings::{Entropy, random};
use crate::store::Store;
use crate::tables::outbox::{self, Column, Entity, Model};
use crate::tables::{self, taken_mails};

/// Minutes between two digests: what is new is told on this grid, not when it happened.
const DIGEST: i32 = 6 * 60;

/// The slowest clock whose start is told at once (U1).
const AT_ONCE: i32 = 1;

const WAITING: &str = "waiting";
const POISON: &str = "poison";

/// A mail to be sent now.
#[derive(Clone)]
pub struct Mail {
    /// Its id.
    pub id: [u8; 16],
    /// Which institution hears.
    pub institution: InstitutionCode,
    /// What about: constant text, no case.
    pub notice: Notice,
    /// How often it was tried.
    pub attempts: u32,
    /// The institution's members who can be told and were not yet.
    pub addressees: Vec<Addressee>,
}

/// To whom a mail goes.
#[derive(Clone)]
pub struct Addressee {
    /// The address. Not to be logged.
    pub mailbox: String,
    /// What this mail to this address is known by, for good: the Message-ID is made from it, so that one handed over twice can be
    /// seen to be one.
    pub mark: [u8; 16],
}

impl Addressee {
    fn of(mail: &[u8], mailbox: String) -> Self {
        let digest = Sha256::new().chain_update(mail).chain_update(&mailbox).finalize();
        Self { mailbox, mark: std::array::from_fn(|at| digest[at]) }
    }
}

/// The mail for something new on an institution's desk: at once when a clock is short, else the next digest.
pub(crate) fn arrival(institution: &str, clock: i32, now: Moment, entropy: Entropy) -> Model {
    if clock <= AT_ONCE {
        return duty(institution, now, entropy);
    }
    let next = (now.minute().div_euclid(DIGEST) + 1).saturating_mul(DIGEST);
    // The same institution and hour make the same mail: one digest, however much is new.
    let digest = Sha256::new().chain_update(institution).chain_update(next.to_be_bytes()).finalize();
    let (id, rest) = digest.split_at(16);
    let mut reference = [0; 8];
    reference.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    waiting(id.to_vec(), institution, &Notice::digest(Reference::new(reference)), next)
}

/// The mail, at once, for what needs a person now.
pub(crate) fn duty(institution: &str, now: Moment, entropy: Entropy) -> Model {
    at_once(institution, &Notice::duty(Reference::new(random(entropy))), now, entropy)
}

/// The mail, at once, for a clock that ends.
pub(crate) fn deadline(institution: &str, now: Moment, entropy: Entropy) -> Model {
    at_once(institution, &Notice::deadline(Reference::new(random(entropy))), now, entropy)
}

fn at_once(institution: &str, notice: &Notice, now: Moment, entropy: Entropy) -> Model {
    waiting(random::<16>(entropy).to_vec(), institution, notice, now.minute())
}

fn waiting(mail: Vec<u8>, institution: &str, notice: &Notice, next_minute: i32) -> Model {
    Model {
        mail,
        institution: institution.to_owned(),
        notice: notice.kind().as_str().to_owned(),
        reference: notice.reference().to_string(),
        state: WAITING.to_owned(),
        attempts: 0,
        next_minute,
    }
}

/// Puts mails into the outbox; one that waits already is not doubled.
pub(crate) async fn put(to: &impl ConnectionTrait, mails: Vec<Model>) -> Result<(), Error> {
    if mails.is_empty() {
        return Ok(());
    }
    let once = OnConflict::column(Column::Mail).do_nothing().to_owned();
    let rows = mails.into_iter().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(to).await?;
    Ok(())
}

impl Store {
    /// Tells an institution something that belongs to no case: a member's keys changed, a clock is about to end.
    pub async fn tell(&self, institution: &InstitutionCode, notice: &Notice, at: Moment) -> Result<(), Error> {
        let change = self.change().await?;
        let mail = at_once(institution.as_str(), notice, at, self.inner.entropy);
        put(&change.tx, vec![mail]).await?;
        change.commit().await
    }

    /// Mails that are due, the oldest first.
    pub async fn mails(&self, now: Moment, most: u64) -> Result<Vec<Mail>, Error> {
        let snapshot = self.snapshot().await?;
        let rows = Entity::find()
            .filter(Column::State.eq(WAITING))
            .filter(Column::NextMinute.lte(now.minute()))
            .order_by_asc(Column::NextMinute)
            .limit(most)
            .all(&snapshot.tx)
            .await?;
        let mut mails = Vec::new();
        for row in rows {
            let taken = taken_mails::Entity::find().filter(taken_mails::Column::Mail.eq(row.mail.clone()));
            let taken: Vec<Vec<u8>> = taken.all(&snapshot.tx).await?.into_iter().map(|row| row.addressee).collect();
            let all = snapshot
                .mailboxes(&row.institution)
                .await?
                .into_iter()
                .map(|mailbox| Addressee::of(&row.mail, mailbox));
            let addressees = all.filter(|one| !taken.iter().any(|mark| mark == &one.mark)).collect();
            mails.push(mail(row, addressees)?);
        }
        Ok(mails)
    }

    /// A mail was handed over to one of its addressees: it goes to them no more.
    pub async fn mail_taken(&self, id: &[u8; 16], addressee: &Addressee) -> Result<(), Error> {
        let row = taken_mails::Model { mail: id.to_vec(), addressee: addressee.mark.to_vec() };
        let change = self.change().await?;
        tables::put::<taken_mails::Entity>(&change.tx, vec![row]).await?;
        change.commit().await
    }

    /// A mail was handed over to all: nothing of it is kept.
    pub async fn mail_sent(&self, id: &[u8; 16]) -> Result<(), Error> {
        let change = self.change().await?;
        Entity::delete_by_id(id.to_vec()).exec(&change.tx).await?;
        forget_taken(&change.tx, id).await?;
        change.commit().await
    }

    /// A mail was not taken: it is tried again at `next`, or never when that is none.
    pub async fn mail_failed(&self, id: &[u8; 16], next: Option<Moment>) -> Result<(), Error> {
        let change = self.change().await?;
        if let Some(row) = Entity::find_by_id(id.to_vec()).one(&change.tx).await? {
            let mut row: outbox::ActiveModel = row.into();
            let tried = row.attempts.take().unwrap_or_default();
            row.attempts = sea_orm::Set(tried.saturating_add(1));
            if let Some(next) = next {
                row.next_minute = sea_orm::Set(next.minute());
            } else {
                row.state = sea_orm::Set(POISON.to_owned());
                forget_taken(&change.tx, id).await?;
            }
            Entity::update(row).exec(&change.tx).await?;
        }
        change.commit().await
    }

    /// How many mails were given up.
    pub async fn poisoned_mails(&self) -> Result<u64, Error> {
        use sea_orm::PaginatorTrait;
        Ok(Entity::find().filter(Column::State.eq(POISON)).count(&self.snapshot().await?.tx).await?)
    }
}

async fn forget_taken(from: &impl ConnectionTrait, id: &[u8; 16]) -> Result<(), Error> {
    taken_mails::Entity::delete_many().filter(taken_mails::Column::Mail.eq(id.to_vec())).exec(from).await?;
    Ok(())
}

fn mail(row: Model, addressees: Vec<Addressee>) -> Result<Mail, Error> {
    let corrupt = Error::Corrupt { table: "outbox" };
    let kind: NoticeKind = row.notice.parse().map_err(|_| corrupt)?;
    let reference: Reference = row.reference.parse().map_err(|_| corrupt)?;
    Ok(Mail {
        id: row.mail.try_into().map_err(|_| corrupt)?,
        institution: row.institution.parse().map_err(|_| corrupt)?,
        notice: Notice::of(kind, reference),
        attempts: u32::try_from(row.attempts).unwrap_or_default(),
        addressees,
    })
}
