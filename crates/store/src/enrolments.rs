//! Institutions on the system and their members: public halves, and the wraps that only a member opens.

use std::collections::BTreeSet;

use report::{Day, InstitutionCode};
use routing::Sharing;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use vault::{EnrolledMember, Enrolment, PublicKey, Role, Sealed, Shape, Version1};

use crate::change::Change;
use crate::error::Error;
use crate::event::Event;
use crate::snapshot::Snapshot;
use crate::store::Store;
use crate::tables::{institutions, members, put, sessions, wraps};

const CORRUPT: Error = Error::Corrupt { table: "members" };

impl Store {
    /// Takes an institution's enrolment in: its keys, its members and their wraps. A member it no longer lists has left; their
    /// sessions and wraps end, and the wraps of earlier epochs. With new keys everybody signs in anew.
    ///
    /// # Errors
    /// [`Error::Taken`] when this epoch is known with other keys, or a later one is; [`Error::Former`] when new ones do not name those
    /// known here as good until today, so that what was stated with them would hold no more; [`Error::Wrapped`] when a member is given the
    /// institution's keys whose role opens no report, or one whose role does is not.
    pub async fn enrol(&self, enrolment: &Enrolment, today: Day) -> Result<(), Error> {
        if !enrolment.wraps_are_due() {
            return Err(Error::Wrapped);
        }
        let mut change = self.change().await?;
        begin_epoch(&change, enrolment, today).await?;
        for member in &enrolment.members {
            put_member(&change, enrolment, member, today).await?;
        }
        let listed = enrolment.members.iter().map(|member| member.member.to_string()).collect();
        let place = (enrolment.institution.as_str(), number(enrolment.epoch)?);
        part_with_all_but(&change, place, listed, today).await?;
        let event = Event::new("enrol", enrolment.institution.as_str(), today).heard_by(enrolment.institution.clone());
        change.line(&event).await?;
        change.commit().await
    }

    /// Whoever is not listed has left the system: their members come in no more and keep no wraps here. What was granted to them ends
    /// with the next [`Store::sweep`].
    pub async fn keep_only(&self, listed: &[InstitutionCode], today: Day) -> Result<(), Error> {
        use institutions::{Column, Entity};
        let mut change = self.change().await?;
        let known = Entity::find().filter(Column::UntilDay.is_null()).all(&change.tx).await?;
        for row in known {
            let institution: InstitutionCode = row.institution.parse().map_err(|_| CORRUPT)?;
            if listed.contains(&institution) {
                continue;
            }
            end_epochs(&change, &row.institution, today).await?;
            part_with_all_but(&change, (&row.institution, row.epoch), Vec::new(), today).await?;
            let event = Event::new("leave", institution.as_str(), today).heard_by(institution);
            change.line(&event).await?;
        }
        change.commit().await
    }
}

/// Its keys are in force no more.
async fn end_epochs(change: &Change<'_>, institution: &str, today: Day) -> Result<(), Error> {
    use institutions::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::UntilDay, Expr::value(today.number()))
        .filter(Column::Institution.eq(institution))
        .filter(Column::UntilDay.is_null())
        .exec(&change.tx)
        .await?;
    Ok(())
}

async fn begin_epoch(change: &Change<'_>, enrolment: &Enrolment, today: Day) -> Result<(), Error> {
    use institutions::{Column, Entity};
    let epoch = number(enrolment.epoch)?;
    let code = enrolment.institution.to_string();
    let newest = Entity::find()
        .filter(Column::Institution.eq(code.clone()))
        .order_by_desc(Column::Epoch)
        .one(&change.tx)
        .await?;
    let row = institutions::Model {
        institution: code.clone(),
        epoch,
        recipient: enrolment.recipient.to_string(),
        signing: enrolment.signing.as_bytes().to_vec(),
        since_day: today.number(),
        until_day: None,
    };
    match newest {
        Some(known) if known.epoch > epoch => Err(Error::Taken),
        Some(known) if known.epoch == epoch => {
            if known.recipient != row.recipient || known.signing != row.signing {
                return Err(Error::Taken);
            }
            // It may have left, and be back.
            let mut back = row.into_active_model();
            back.reset(Column::UntilDay);
            Entity::update(back).exec(&change.tx).await?;
            Ok(())
        }
        Some(known) if !succeeds(enrolment, &known.signing, today) => Err(Error::Former),
        _ => {
            sessions::Entity::delete_many()
                .filter(sessions::Column::Institution.eq(code.clone()))
                .exec(&change.tx)
                .await?;
            end_epochs(change, &code, today).await?;
            put::<Entity>(&change.tx, vec![row]).await
        }
    }
}

/// Whether everything that was stated with the key known here until today stays verifiable.
fn succeeds(enrolment: &Enrolment, known: &[u8], today: Day) -> bool {
    enrolment.former.iter().any(|former| former.signing.as_bytes() == known && former.until >= today)
}

async fn put_member(
    change: &Change<'_>,
    enrolment: &Enrolment,
    member: &EnrolledMember,
    today: Day,
) -> Result<(), Error> {
    use members::{Column, Entity};
    let institution = enrolment.institution.to_string();
    let handle = member.member.to_string();
    let row = members::Model {
        institution: institution.clone(),
        member: handle.clone(),
        role: role_word(member.role)?,
        recipient: member.recipient.to_string(),
        signing: member.signing.as_bytes().to_vec(),
        mailbox: member.mailbox.clone(),
        since_day: today.number(),
        until_day: None,
    };
    let again = OnConflict::columns([Column::Institution, Column::Member])
        .update_columns([Column::Role, Column::Recipient, Column::Signing, Column::Mailbox, Column::UntilDay])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&change.tx).await?;
    put_wrap(change, enrolment, member).await
}

/// What a role that opens nothing was once given is taken from it.
async fn put_wrap(change: &Change<'_>, enrolment: &Enrolment, member: &EnrolledMember) -> Result<(), Error> {
    let (institution, handle) = (enrolment.institution.to_string(), member.member.to_string());
    let Some(sealed) = &member.wrap else {
        wraps::Entity::delete_many()
            .filter(wraps::Column::Institution.eq(institution))
            .filter(wraps::Column::Member.eq(handle))
            .exec(&change.tx)
            .await?;
        return Ok(());
    };
    let epoch = number(enrolment.epoch)?;
    let wrap = wraps::Model { institution, member: handle, epoch, sealed: sealed.as_bytes().to_vec() };
    let newer = OnConflict::columns([wraps::Column::Institution, wraps::Column::Member, wraps::Column::Epoch])
        .update_column(wraps::Column::Sealed)
        .to_owned();
    wraps::Entity::insert(wrap.into_active_model()).on_conflict(newer).exec_without_returning(&change.tx).await?;
    Ok(())
}

/// Who left keeps neither session nor keys here, and nobody those of an earlier epoch: a copy of the database must open nothing with
/// a key file that was given back.
async fn part_with_all_but(
    change: &Change<'_>,
    (institution, epoch): (&str, i32),
    listed: Vec<String>,
    today: Day,
) -> Result<(), Error> {
    use members::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::UntilDay, Expr::value(today.number()))
        .filter(Column::Institution.eq(institution))
        .filter(Column::Member.is_not_in(listed.clone()))
        .filter(Column::UntilDay.is_null())
        .exec(&change.tx)
        .await?;
    sessions::Entity::delete_many()
        .filter(sessions::Column::Institution.eq(institution))
        .filter(sessions::Column::Member.is_not_in(listed.clone()))
        .exec(&change.tx)
        .await?;
    let is_over = wraps::Column::Epoch.ne(epoch).or(wraps::Column::Member.is_not_in(listed));
    wraps::Entity::delete_many()
        .filter(wraps::Column::Institution.eq(institution))
        .filter(is_over)
        .exec(&change.tx)
        .await?;
    Ok(())
}

impl Snapshot {
    /// Every institution on the system with its present keys and members.
    pub async fn enrolments(&self) -> Result<Vec<Enrolment>, Error> {
        use institutions::{Column, Entity};
        let rows =
            Entity::find().filter(Column::UntilDay.is_null()).order_by_asc(Column::Institution).all(&self.tx).await?;
        let mut enrolments = Vec::new();
        for row in rows {
            let corrupt = Error::Corrupt { table: "institutions" };
            let institution: InstitutionCode = row.institution.parse().map_err(|_| corrupt)?;
            enrolments.push(Enrolment {
                version: Version1,
                epoch: u32::try_from(row.epoch).map_err(|_| corrupt)?,
                recipient: row.recipient.parse().map_err(|_| corrupt)?,
                signing: key(&row.signing)?,
                members: self.members(&institution).await?,
                former: Vec::new(),
                institution,
            });
        }
        Ok(enrolments)
    }

    /// The present members of an institution.
    pub async fn members(&self, institution: &InstitutionCode) -> Result<Vec<EnrolledMember>, Error> {
        use members::{Column, Entity};
        let rows = Entity::find()
            .filter(Column::Institution.eq(institution.to_string()))
            .filter(Column::UntilDay.is_null())
            .order_by_asc(Column::Member)
            .all(&self.tx)
            .await?;
        let mut found = Vec::new();
        for row in rows {
            found.push(self.with_wrap(row).await?);
        }
        Ok(found)
    }

    /// One present member.
    pub async fn member(&self, institution: &InstitutionCode, member: &str) -> Result<Option<EnrolledMember>, Error> {
        let row = members::Entity::find_by_id((institution.to_string(), member.to_owned())).one(&self.tx).await?;
        match row.filter(|row| row.until_day.is_none()) {
            Some(row) => self.with_wrap(row).await.map(Some),
            None => Ok(None),
        }
    }

    async fn with_wrap(&self, row: members::Model) -> Result<EnrolledMember, Error> {
        use wraps::{Column, Entity};
        let newest = Entity::find()
            .filter(Column::Institution.eq(row.institution))
            .filter(Column::Member.eq(row.member.clone()))
            .order_by_desc(Column::Epoch)
            .one(&self.tx)
            .await?;
        let role = role(&row.role)?;
        let wrap = newest.filter(|_| role.reads()).map(|wrap| Sealed::check(wrap.sealed, Shape::Key)).transpose();
        Ok(EnrolledMember {
            member: row.member.try_into().map_err(|_| CORRUPT)?,
            role,
            recipient: row.recipient.parse().map_err(|_| CORRUPT)?,
            signing: key(&row.signing)?,
            wrap: wrap.map_err(|_| Error::Corrupt { table: "wraps" })?,
            mailbox: row.mailbox,
        })
    }

    /// Where an institution's members can be told, each address once.
    pub(crate) async fn mailboxes(&self, institution: &str) -> Result<Vec<String>, Error> {
        use members::{Column, Entity};
        let found: Vec<Option<String>> = Entity::find()
            .select_only()
            .column(Column::Mailbox)
            .filter(Column::Institution.eq(institution))
            .filter(Column::UntilDay.is_null())
            .into_tuple()
            .all(&self.tx)
            .await?;
        let once: BTreeSet<String> = found.into_iter().flatten().collect();
        Ok(once.into_iter().collect())
    }

    /// Who is on the system and what they hold in common, for the registry.
    pub async fn sharing(&self) -> Result<Sharing, Error> {
        Ok(vault::sharing(&self.enrolments().await?))
    }
}

fn number(epoch: u32) -> Result<i32, Error> {
    i32::try_from(epoch).map_err(|_| Error::Taken)
}

fn key(bytes: &[u8]) -> Result<PublicKey, Error> {
    let bytes = bytes.try_into().map_err(|_| CORRUPT)?;
    PublicKey::of_bytes(bytes).map_err(|_| CORRUPT)
}

/// The role's word, as enrolments spell it.
fn role_word(role: Role) -> Result<String, Error> {
    match serde_json::to_value(role) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(CORRUPT),
    }
}

fn role(word: &str) -> Result<Role, Error> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_| CORRUPT)
}
