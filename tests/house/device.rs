//! A reporter's device of our own: it seals with the command's own library, and then says whatever a test wants it to say.

use cli::Home;
use cli::filing::{Contents, Doing, Reporter, seal};
use rand::RngCore;
use rand::rngs::StdRng;
use report::{Day, Facets, ReportId};
use serde_json::{Value, json};
use testimony::Document;
use vault::{Act, Body, Directory, Envelope, Statement, Stretched, Trust, hash::sha256};
use zeroize::Zeroizing;

/// What a device knows before it files: the country built in, and the directory it was given.
pub struct Device {
    home: Home,
    directory: Directory,
    today: Day,
}

/// A sealed report on its way, and whose it is.
pub struct Parcel {
    /// What travels.
    pub envelope: Envelope,
    reporter: Reporter,
}

impl Device {
    /// A device with this directory, which must be one for training; it may be past its last day.
    pub fn of(note: &str, today: Day) -> Self {
        let home = Home::embedded().unwrap_or_else(|failure| panic!("{}", failure.message));
        Self { home, directory: Directory::last(note, Trust::TrainingOnly, today).unwrap(), today }
    }

    /// Seals a report. Its receipt comes from chance instead of digits, which are slow to stretch.
    pub fn seal(&self, report: &Value, rng: &mut StdRng) -> Parcel {
        let document = Document::read(report.to_string().as_bytes()).unwrap();
        let ground = self.home.ground(&self.directory, self.today);
        let plan = ground.draw(ground.facets(&document.coding));
        let (mut id, mut key) = ([0; 16], Zeroizing::new([0; 32]));
        rng.fill_bytes(&mut id);
        rng.fill_bytes(&mut *key);
        let reporter = Reporter { report: ReportId::new(id), receipt: Stretched::of_key(&key).unwrap() };
        let parcel = seal(&Contents::of(&document, &[]), &plan, &Doing::file(&reporter), &ground, rng);
        let parcel = parcel.unwrap_or_else(|failure| panic!("{}", failure.message));
        Parcel { envelope: parcel.envelope, reporter }
    }

    /// What the reporter's device adds to a parcel that was filed: these words, as the statement of this number. What it says and
    /// seals differs each time.
    pub fn adds(&self, to: &Parcel, (sequence, part): (u32, &str), rng: &mut StdRng) -> Vec<u8> {
        let ground = self.home.ground(&self.directory, self.today);
        let plan = ground.draw(self.facets(to));
        let words = Zeroizing::new(b"Made-up words.".to_vec());
        let contents = Contents { parts: vec![(part.parse().unwrap(), words)], files: Vec::new() };
        let first = Some(to.envelope.statement.sha256());
        let doing =
            Doing { reporter: &to.reporter, act: Act::Add, sequence, first, detail: std::collections::BTreeMap::new() };
        let parcel = seal(&contents, &plan, &doing, &ground, rng);
        parcel.unwrap_or_else(|failure| panic!("{}", failure.message)).envelope.write().unwrap()
    }

    /// The facets that travel with a parcel.
    pub fn facets(&self, parcel: &Parcel) -> Facets {
        Facets::admit(parcel.envelope.facets.as_ref().unwrap().as_bytes(), &self.home.country).unwrap()
    }

    /// The directory it was given.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }
}

impl Parcel {
    /// The bytes that travel.
    pub fn bytes(&self) -> Vec<u8> {
        self.envelope.write().unwrap()
    }

    /// Says something else, and signs it: what a device could do that is not ours.
    pub fn state(&mut self, change: impl FnOnce(&mut Body)) {
        let mut body = self.envelope.statement.body().clone();
        change(&mut body);
        self.envelope.statement = Statement::make(body).unwrap();
        self.envelope.signature = self.envelope.statement.sign(self.reporter.receipt.signing());
    }

    /// The bytes that would travel if the statement were this text, whatever it says, rightly signed.
    pub fn bytes_stating(&self, text: &str) -> Vec<u8> {
        let signed = [b"putokaz/1 statement\n", text.as_bytes()].concat();
        let signature = self.reporter.receipt.signing().sign(&signed);
        let head = json!({ "statement": text, "signature": signature, "facets": self.envelope.facets, "uploads": {} });
        let head = head.to_string();
        let length = u32::try_from(head.len()).unwrap().to_be_bytes();
        let files = self.envelope.parts.iter().map(|(_, sealed)| sealed).chain(&self.envelope.grants);
        let files = files.flat_map(|sealed| sealed.as_bytes().to_vec());
        [b"putokaz1", length.as_slice(), head.as_bytes()].concat().into_iter().chain(files).collect()
    }

    /// Brings this text as facets, and states its hash.
    pub fn bring_facets(&mut self, text: String) {
        self.state(|body| body.facets = Some(sha256(text.as_bytes())));
        self.envelope.facets = Some(text);
    }
}
