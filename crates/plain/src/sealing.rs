//! Sealing in this server's memory, as a reporter's own device would do it.

use std::collections::BTreeMap;
use std::io::Cursor;

use report::{PartKind, PartName, ReportId};
use store::{Filed, Thread};
use testimony::Document;
use vault::filing::{Doing, FilingFault, Ground, Keyed, Plan, Reporter, state};
use vault::{
    Act, Directory, Envelope, LARGEST_INSIDE, ReceiptDigits, Sealed, Shape, Stretched, Token, seal_evidence, seal_part,
};
use web::{Code, Problem};
use zeroize::Zeroizing;

use crate::state::Plain;
use crate::typed::File;

/// What the statement of everything done at this door says, for ever.
fn mark() -> BTreeMap<Token, Token> {
    let token = |word| Token::try_from(word).ok();
    token("door").zip(token("plain")).into_iter().collect()
}

/// Parts before they are sealed.
pub(crate) type Contents = Vec<(PartName, Zeroizing<Vec<u8>>)>;

/// What is to be stated.
pub(crate) struct Wish {
    /// The act.
    pub(crate) act: Act,
    /// What it brings.
    pub(crate) parts: Contents,
    /// Files it brings.
    pub(crate) files: Vec<File>,
    /// The number of the first of them.
    pub(crate) first_file: u16,
}

/// An envelope and the parts that are uploaded before it.
struct Parcel {
    envelope: Envelope,
    large: Vec<(PartName, Sealed)>,
}

impl Plain {
    /// What plans are made on.
    pub(crate) fn ground<'a>(&'a self, directory: &'a Directory) -> Ground<'a> {
        let intake = self.intake();
        Ground { country: intake.country(), registry: intake.registry(), directory, today: intake.today() }
    }

    /// What digits give. Slow on purpose.
    pub(crate) async fn stretch(&self, digits: ReceiptDigits) -> Result<Stretched, Problem> {
        let salt = self.intake().directories().newest().body().salt;
        let stretched = self.slowly(move || digits.stretch(&salt)).await?;
        stretched.map_err(|fault| Problem::new(Code::Internal).because(fault))
    }

    /// Seals and files a report.
    ///
    /// # Errors
    /// When there is no room now, or what the one `receive` refuses.
    pub(crate) async fn file(
        &self,
        (report, receipt): (ReportId, Stretched),
        document: Document,
        files: Vec<File>,
    ) -> Result<Filed, Problem> {
        let door = self.clone();
        let parcel = self.slowly(move || {
            let directory = door.intake().directories().newest().clone();
            let ground = door.ground(&directory);
            let plan = ground.draw(ground.facets(&document.coding));
            let parts = document.parts().into_iter().map(|content| (content.part, content.bytes)).collect();
            let reporter = Reporter { report, receipt };
            let doing = Doing { detail: mark(), ..Doing::file(&reporter) };
            seal(&door, &Wish { act: Act::File, parts, files, first_file: 1 }, (&plan, &doing), &ground)
        });
        let envelope = self.upload(parcel.await?.map_err(unsealed)?).await?;
        self.intake().take_plain(envelope).await
    }

    /// Seals and states what a reporter does later. `plan` says who reads it, and what facets it sets.
    ///
    /// # Errors
    /// As [`Plain::file`].
    pub(crate) async fn state(
        &self,
        (thread, receipt): (Thread, Stretched),
        plan: Plan,
        wish: Wish,
    ) -> Result<Filed, Problem> {
        let door = self.clone();
        let (report, first, sequence) = (thread.report, thread.first, said(&thread));
        let parcel = self.slowly(move || {
            let directory = door.intake().directories().newest().clone();
            let reporter = Reporter { report, receipt };
            let doing = Doing { reporter: &reporter, act: wish.act, sequence, first: Some(first), detail: mark() };
            seal(&door, &wish, (&plan, &doing), &door.ground(&directory))
        });
        let envelope = self.upload(parcel.await?.map_err(unsealed)?).await?;
        self.intake().take_statement(thread, envelope).await
    }

    async fn upload(&self, parcel: Parcel) -> Result<Envelope, Problem> {
        let Parcel { mut envelope, large } = parcel;
        for (part, sealed) in large {
            let upload = self.intake().take_upload(sealed.into_bytes().into()).await?;
            envelope.uploads.insert(part, upload);
        }
        Ok(envelope)
    }
}

/// How many statements the reporter made.
pub(crate) fn said(thread: &Thread) -> u32 {
    let mine = thread.statements.iter().filter(|row| row.author == "reporter").count();
    u32::try_from(mine).unwrap_or(u32::MAX)
}

fn seal(
    door: &Plain,
    wish: &Wish,
    (plan, doing): (&Plan, &Doing<'_>),
    ground: &Ground<'_>,
) -> Result<Parcel, FilingFault> {
    let mut chance = door.intake().instruments().chance;
    let context = doing.reporter.context();
    let mut parts = Vec::new();
    for (name, bytes) in &wish.parts {
        parts.push(Keyed::from(seal_part(&context, *name, bytes, &mut chance)?));
    }
    let mut large = Vec::new();
    for (file, number) in wish.files.iter().zip(wish.first_file..) {
        let Ok(name) = PartName::numbered(PartKind::Evidence, number) else { break };
        let mut bytes = Vec::new();
        let mut source = Cursor::new(file.bytes.as_slice());
        let (line, identity) = seal_evidence(&context, name, (&mut source, &mut bytes), &mut chance)?;
        let sealed = Sealed::check(bytes, Shape::of(name.kind())).map_err(vault::Refusal::from)?;
        let inside = line.size <= LARGEST_INSIDE;
        let (sealed, apart) = if inside { (Some(sealed), None) } else { (None, Some(sealed)) };
        parts.push(Keyed { line, identity, sealed });
        large.extend(apart.map(|sealed| (name, sealed)));
    }
    Ok(Parcel { envelope: state(parts, plan, doing, ground, &mut chance)?, large })
}

fn unsealed(fault: FilingFault) -> Problem {
    match fault {
        FilingFault::Seal(vault::SealFault::TooLarge) => Code::BodyTooLarge.into(),
        other => Problem::new(Code::Internal).because(other),
    }
}
