//! `putokaz receipt`: what the reporter can do with the digits.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use report::{Coding, ConsentRow, PartKind, PartName, ReportId};
use serde::Deserialize;
use serde_json::{Value, json};
use signed::Signature;
use unseal::{History, Identity, Opened, Stated};
use vault::hash::sha256;
use vault::{Act, Author, MEDIA_TYPE, Reader, ReceiptDigits};
use zeroize::Zeroizing;

use crate::command::Receipt;
use crate::door::{Ask, Door};
use crate::filing::{Contents, Doing, Ground, Plan, Reporter, seal};
use crate::{Answer, Around, Failure, Home, Outcome, directory};

/// What the server hands out for a lookup id.
#[derive(Deserialize)]
struct Wire {
    report: ReportId,
    status: String,
    facets: String,
    #[serde(default)]
    consent: Value,
    parts: Vec<Part>,
    statements: Vec<Made>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "part")]
    name: PartName,
    from: String,
    #[serde(default)]
    grant: Option<String>,
}

#[derive(Deserialize)]
struct Made {
    #[serde(rename = "statement")]
    exact: String,
    signature: Signature,
    #[serde(default)]
    facets: Option<String>,
}

/// A reporter with the digits in hand.
struct Holder {
    door: Door,
    identity: Identity,
    reporter: Reporter,
    wire: Wire,
}

/// Runs the command: does what is asked, then tells how things stand.
///
/// # Errors
/// When the digits are mistyped or unknown, or the server refuses.
pub fn run(asked: &Receipt, around: &mut Around) -> Outcome {
    let mut typed = Zeroizing::new(String::new());
    around.input.read_to_string(&mut typed).map_err(|_| Failure::refused("the digits cannot be read"))?;
    let digits = ReceiptDigits::parse(&typed).map_err(|fault| Failure::refused(fault.to_string()))?;
    let home = Home::embedded()?;
    let door = Door::new(&asked.public.to, around.language.tag());
    let directory = directory::fetch(&door, asked.public.board.as_deref(), around.today)?;
    let ground = home.ground(&directory, around.today);
    let receipt = digits.stretch(&directory.body().salt).map_err(|fault| Failure::refused(fault.to_string()))?;
    let identity = Identity::of_receipt(&receipt).map_err(|_| Failure::refused("the digits give no key"))?;
    let door = door.with(format!("Receipt {}", *receipt.lookup()));
    let wire: Wire = door.json(&Ask::get("/api/v1/receipt"))?;
    let mut holder = Holder { door, identity, reporter: Reporter { report: wire.report, receipt }, wire };
    if holder.act(asked, &ground, around)? {
        holder.wire = holder.door.json(&Ask::get("/api/v1/receipt"))?;
    }
    Ok(Answer::Document(holder.tell(&ground)))
}

impl Holder {
    /// Does what was asked; whether anything was.
    fn act(&self, asked: &Receipt, ground: &Ground<'_>, around: &mut Around) -> Result<bool, Failure> {
        let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| Failure::file(path, &error));
        if let Some(file) = &asked.reply {
            let part = PartName::numbered(PartKind::Message, self.next_message());
            let part = part.map_err(|_| Failure::refused("too many messages"))?;
            let plan = ground.draw(self.facets(ground)?);
            self.state(Act::Add, vec![(part, Zeroizing::new(read(file)?))], &plan, (ground, around))?;
        }
        if let Some(file) = &asked.consent {
            let rows: Vec<ConsentRow> = report::json::read(&read(file)?)
                .map_err(|fault| Failure::refused(format!("{}: {fault}", file.display())))?;
            let mut coding = Coding::read(&self.open(ground, PartName::CODING)?.content)
                .map_err(|fault| Failure::refused(fault.to_string()))?;
            coding.consent = Some(rows);
            coding.check(ground.country, ground.today).map_err(|faults| crate::field_faults(&faults))?;
            self.state(Act::Consent, Vec::new(), &ground.draw(ground.facets(&coding)), (ground, around))?;
        }
        let other = match (asked.withdraw, asked.undo) {
            (true, _) => Some(Act::Withdraw),
            (_, true) => Some(Act::Undo),
            _ => None,
        };
        if let Some(act) = other {
            let plan = ground.draw(self.facets(ground)?);
            self.state(act, Vec::new(), &plan, (ground, around))?;
        }
        Ok(asked.reply.is_some() || asked.consent.is_some() || other.is_some())
    }

    /// Signs and sends a statement of the reporter's.
    fn state(
        &self,
        act: Act,
        parts: Vec<(PartName, Zeroizing<Vec<u8>>)>,
        plan: &Plan,
        (ground, around): (&Ground<'_>, &mut Around),
    ) -> Result<(), Failure> {
        let history = self.history(ground)?;
        let mine = history.statements().iter().filter(|one| one.body().from == Author::Reporter).count();
        let doing = Doing {
            reporter: &self.reporter,
            act,
            sequence: u32::try_from(mine).map_err(|_| Failure::refused("too many statements"))?,
            first: history.statements().first().map(vault::Statement::sha256),
            detail: BTreeMap::new(),
        };
        let contents = Contents { parts, files: Vec::new() };
        let parcel = seal(&contents, plan, &doing, ground, &mut around.rng)?;
        let bytes = parcel.envelope.write().map_err(|refusal| Failure::refused(refusal.code()))?;
        self.door.ask(&Ask::post("/api/v1/receipt/statements", MEDIA_TYPE, &bytes)).map(drop)
    }

    fn next_message(&self) -> u16 {
        let messages = self.wire.parts.iter().filter(|part| part.name.kind() == PartKind::Message);
        messages.filter_map(|part| part.name.number()).max().unwrap_or(0).saturating_add(1)
    }

    fn history(&self, ground: &Ground<'_>) -> Result<History, Failure> {
        let stated: Vec<Stated<'_>> = self.wire.statements.iter().map(|one| one.stated(&self.wire.facets)).collect();
        let history = History::verify(self.wire.report, &stated, ground.directory, ground.country);
        history.map_err(|fault| Failure::refused(format!("what the server hands out does not hold: {fault}")))
    }

    fn facets(&self, ground: &Ground<'_>) -> Result<report::Facets, Failure> {
        let history = self.history(ground)?;
        history.facets().cloned().ok_or_else(|| Failure::refused("the report has no facets"))
    }

    /// Opens a part with the receipt.
    fn open(&self, ground: &Ground<'_>, part: PartName) -> Result<Opened, Failure> {
        let history = self.history(ground)?;
        let fail = |fault: unseal::Fault| Failure::refused(format!("{part}: {fault}"));
        let grant = self.wire.parts.iter().find(|one| one.name == part).and_then(|one| one.grant.as_ref());
        let grant = grant.and_then(|grant| BASE64_STANDARD.decode(grant).ok());
        let grant = grant.ok_or_else(|| Failure::refused(format!("{part}: not granted to the receipt")))?;
        let key =
            history.open_grant((&Reader::Receipt, &self.identity), part, &grant, ground.directory).map_err(fail)?;
        let sealed = self.door.ask(&Ask::get(&format!("/api/v1/receipt/parts/{part}")))?;
        history.open_part(&key, part, &sealed.body).map_err(fail)
    }

    /// How things stand: the messages, each verified against the directory or said not to be.
    fn tell(&self, ground: &Ground<'_>) -> Value {
        let messages: Vec<Value> = self
            .wire
            .parts
            .iter()
            .filter(|part| part.name.kind() == PartKind::Message)
            .map(|part| {
                let opened = self.open(ground, part.name);
                let text = opened.as_ref().ok().map(|opened| String::from_utf8_lossy(&opened.content).into_owned());
                json!({ "from": part.from, "text": text, "verified": opened.is_ok() })
            })
            .collect();
        json!({ "status": self.wire.status, "messages": messages, "consent": self.wire.consent })
    }
}

impl Made {
    /// The statement with the facets it sets: its own, or those in force when it is the one that set them.
    fn stated<'a>(&'a self, in_force: &'a str) -> Stated<'a> {
        let sets = vault::Statement::read(&self.exact).ok().and_then(|statement| statement.body().facets);
        let facets = self.facets.as_deref().or(Some(in_force)).filter(|facets| sets == Some(sha256(facets.as_bytes())));
        Stated { statement: &self.exact, signature: &self.signature, facets }
    }
}
