//! `putokaz receipt`: what the reporter can do with the digits.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use report::{Code, Coding, ConsentRow, Day, Facets, InstitutionCode, PartKind, PartName, ReportId};
use serde::Deserialize;
use serde_json::{Value, json};
use unseal::{History, Identity, Opened, PartKey, Stated};
use vault::filing::state;
use vault::{Act, Author, Envelope, MEDIA_TYPE, ReceiptDigits};
use zeroize::Zeroizing;

use crate::command::Receipt;
use crate::door::{Ask, Door};
use crate::filing::{Contents, Doing, Ground, Kept, Plan, Reader, Reporter, consent, seal};
use crate::made::Made;
use crate::{Answer, Around, Failure, Home, Outcome, directory};

/// What the server hands out for a lookup id.
#[derive(Deserialize)]
struct Wire {
    report: ReportId,
    status: String,
    #[serde(default)]
    alone: bool,
    stage: String,
    #[serde(default)]
    outcome: Option<Code>,
    filed: Day,
    facets: String,
    #[serde(default)]
    consent: Value,
    #[serde(default)]
    referrals: Value,
    #[serde(default)]
    pause: Value,
    #[serde(default)]
    readers: Vec<Reading>,
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

/// Who can or could read what.
#[derive(Deserialize)]
struct Reading {
    institution: InstitutionCode,
    purpose: Code,
    state: String,
    parts: Vec<PartName>,
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
    let directory = directory::for_reporter(&door, asked.public.board.as_deref(), around)?;
    let ground = home.ground(&directory, around.today);
    let receipt = digits.stretch(&directory.body().salt).map_err(|fault| Failure::refused(fault.to_string()))?;
    let identity = Identity::of_receipt(&receipt).map_err(|_| Failure::refused("the digits give no key"))?;
    let door = door.with(format!("Receipt {}", *receipt.lookup()));
    let wire: Wire = door.json(&Ask::get("/api/v1/receipt"))?;
    let mut holder = Holder { door, identity, reporter: Reporter { report: wire.report, receipt }, wire };
    holder.act(asked, &ground, around)?;
    Ok(Answer::Document(holder.tell(&ground)))
}

impl Holder {
    /// Does what was asked, each act on what is kept by then.
    fn act(&mut self, asked: &Receipt, ground: &Ground<'_>, around: &mut Around) -> Result<(), Failure> {
        let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| Failure::file(path, &error));
        if let Some(file) = &asked.reply {
            let envelope = self.add(read(file)?, ground, around)?;
            self.send(&envelope)?;
        }
        if let Some(file) = &asked.consent {
            let rows: Vec<ConsentRow> = report::json::read(&read(file)?)
                .map_err(|fault| Failure::refused(format!("{}: {fault}", file.display())))?;
            let envelope = self.consent(rows, ground, around)?;
            self.send(&envelope)?;
        }
        let other = match (asked.withdraw, asked.undo) {
            (true, _) => Some(Act::Withdraw),
            (_, true) => Some(Act::Undo),
            _ => None,
        };
        if let Some(act) = other {
            let plan = ground.draw(self.facets(ground)?);
            let doing = self.doing(act, ground)?;
            let envelope = state(Vec::new(), &plan, &doing, ground, &mut around.rng).map_err(refused)?;
            self.send(&envelope)?;
        }
        Ok(())
    }

    /// A message for everybody who reads the report now.
    fn add(&self, text: Vec<u8>, ground: &Ground<'_>, around: &mut Around) -> Result<Envelope, Failure> {
        let part = PartName::numbered(PartKind::Message, self.next_message());
        let part = part.map_err(|_| Failure::refused("too many messages"))?;
        let mut plan = self.draw(self.facets(ground)?, ground)?;
        let reads_now = |code: &InstitutionCode| {
            self.wire.readers.iter().any(|one| one.institution == *code && one.state == "live")
        };
        plan.readers.iter_mut().filter(|one| reads_now(one.eligible().code())).for_each(Reader::read_now);
        let contents = Contents { parts: vec![(part, Zeroizing::new(text))], files: Vec::new() };
        let doing = self.doing(Act::Add, ground)?;
        Ok(seal(&contents, &plan, &doing, ground, &mut around.rng)?.envelope)
    }

    /// Another consent from now on, these rows and no others. The facets are projected again from the newest coding, as of
    /// the day of filing: what consent decides changes, nothing else does.
    fn consent(&self, rows: Vec<ConsentRow>, ground: &Ground<'_>, around: &mut Around) -> Result<Envelope, Failure> {
        let mut coding = Coding::read(&self.open(ground, self.newest_coding())?.content)
            .map_err(|fault| Failure::refused(fault.to_string()))?;
        let counting = &ground.country.consent().statistics().purpose;
        coding.statistics = report::Answer::Given(rows.iter().any(|row| row.purpose == *counting));
        coding.consent = report::Answer::Given(rows);
        coding.check(ground.country, ground.today).map_err(|faults| crate::field_faults(&faults))?;
        let facets = Ground { today: self.wire.filed, ..*ground }.facets(&coding);
        let plan = self.draw(facets, ground)?;
        let own = self.wire.parts.iter().filter(|part| part.from == "reporter");
        let kept = own.map(|part| self.kept(part.name, &plan, ground)).collect::<Result<Vec<_>, _>>()?;
        let doing = self.doing(Act::Consent, ground)?;
        consent(&kept, &plan, &doing, ground, &mut around.rng).map_err(refused)
    }

    /// Lead and alternate, without anybody whom any facets ever shut out.
    fn draw(&self, facets: Facets, ground: &Ground<'_>) -> Result<Plan, Failure> {
        let closure = self.history(ground)?.closure(ground.directory);
        let mut plan = ground.draw(facets);
        plan.readers.retain(|reader| !closure.contains(reader.eligible().code()));
        Ok(plan)
    }

    /// A part that is kept, with its key, and who has it for the purpose the plan has it for.
    fn kept(&self, part: PartName, plan: &Plan, ground: &Ground<'_>) -> Result<Kept, Failure> {
        let wanted = |reading: &Reading| {
            plan.readers
                .iter()
                .any(|one| *one.eligible().code() == reading.institution && *one.purpose() == reading.purpose)
        };
        let has = |reading: &&Reading| {
            reading.parts.contains(&part) && matches!(reading.state.as_str(), "live" | "held") && wanted(reading)
        };
        let read_by = self.wire.readers.iter().filter(has).map(|reading| reading.institution.clone()).collect();
        let identity = self.key(ground, part)?.identity().for_granting();
        let identity = identity.map_err(|_| Failure::refused(format!("{part}: its key is none")))?;
        Ok(Kept { part, identity, read_by })
    }

    /// What is signed next, and after what.
    fn doing(&self, act: Act, ground: &Ground<'_>) -> Result<Doing<'_>, Failure> {
        let history = self.history(ground)?;
        let mine = history.statements().iter().filter(|one| one.body().from == Author::Reporter).count();
        Ok(Doing {
            reporter: &self.reporter,
            act,
            sequence: u32::try_from(mine).map_err(|_| Failure::refused("too many statements"))?,
            first: history.statements().first().map(vault::Statement::sha256),
            detail: BTreeMap::new(),
        })
    }

    /// Sends what was signed, and looks again at what is kept.
    fn send(&mut self, envelope: &Envelope) -> Result<(), Failure> {
        let bytes = envelope.write().map_err(|refusal| Failure::refused(refusal.code()))?;
        self.door.ask(&Ask::post("/api/v1/receipt/statements", MEDIA_TYPE, &bytes))?;
        self.wire = self.door.json(&Ask::get("/api/v1/receipt"))?;
        Ok(())
    }

    /// A member's newest correction, else the reporter's own coding.
    fn newest_coding(&self) -> PartName {
        let codings = self.wire.parts.iter().map(|part| part.name).filter(|name| name.kind() == PartKind::Coding);
        codings.max_by_key(|name| name.number()).unwrap_or(PartName::CODING)
    }

    fn next_message(&self) -> u16 {
        let messages = self.wire.parts.iter().filter(|part| part.name.kind() == PartKind::Message);
        messages.filter_map(|part| part.name.number()).max().unwrap_or(0).saturating_add(1)
    }

    fn history(&self, ground: &Ground<'_>) -> Result<History, Failure> {
        let stated: Vec<Stated<'_>> =
            self.wire.statements.iter().map(|one| one.stated_under(&self.wire.facets)).collect();
        let history = History::verify(self.wire.report, &stated, ground.directory, ground.country);
        history.map_err(|fault| Failure::refused(format!("what the server hands out does not hold: {fault}")))
    }

    fn facets(&self, ground: &Ground<'_>) -> Result<report::Facets, Failure> {
        let history = self.history(ground)?;
        history.facets().cloned().ok_or_else(|| Failure::refused("the report has no facets"))
    }

    /// Opens the key of a part with the receipt.
    fn key(&self, ground: &Ground<'_>, part: PartName) -> Result<PartKey, Failure> {
        let grant = self.wire.parts.iter().find(|one| one.name == part).and_then(|one| one.grant.as_ref());
        let grant = grant.and_then(|grant| BASE64_STANDARD.decode(grant).ok());
        let grant = grant.ok_or_else(|| Failure::refused(format!("{part}: not granted to the receipt")))?;
        let reader = (&vault::Reader::Receipt, &self.identity);
        let key = self.history(ground)?.open_grant(reader, part, &grant, ground.directory);
        key.map_err(|fault| Failure::refused(format!("{part}: {fault}")))
    }

    /// Opens a part with the receipt.
    fn open(&self, ground: &Ground<'_>, part: PartName) -> Result<Opened, Failure> {
        let key = self.key(ground, part)?;
        let sealed = self.door.ask(&Ask::get(&format!("/api/v1/receipt/parts/{part}")))?;
        let opened = self.history(ground)?.open_part(&key, part, &sealed.body);
        opened.map_err(|fault| Failure::refused(format!("{part}: {fault}")))
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
        let Wire { status, alone, stage, outcome, consent, referrals, pause, .. } = &self.wire;
        json!({
            "status": status, "alone": alone, "stage": stage, "outcome": outcome, "messages": messages, "consent": consent,
            "referrals": referrals, "pause": pause,
        })
    }
}

fn refused(fault: vault::filing::FilingFault) -> Failure {
    Failure::refused(fault.to_string())
}
