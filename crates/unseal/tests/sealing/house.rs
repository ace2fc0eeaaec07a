//! A small deployment with real keys: five institutions of the shipped registry, a directory, and reports filed to it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rand::SeedableRng;
use rand::rngs::StdRng;
use report::{Code, Country, Day, Facets, InstitutionCode, PartName, ReportId, Sources};
use routing::{ClosureSets, EligibleSet, Registry, eligible};
use signed::{SecretKey, Signature, SigningKey};
use testimony::Document;
use unseal::{Identity, InstitutionKeys};
use vault::{
    Act, Author, Body, Checked, Context, Directory, DirectoryBody, Envelope, Grant, Granted, Grantee, Grounds, Known,
    Listed, ReceiptDigits, Refusal, SealedPart, Statement, Stretched, Terms, Token, Trust, Version1, When, check,
    seal_grant, seal_part,
};

pub const LEAD: &str = "NGO-VP";
pub const ALTERNATE: &str = "NGO-HCBH";
pub const ACCUSED: &str = "BA-BP";

pub fn code(text: &str) -> InstitutionCode {
    text.parse().unwrap()
}

pub fn purpose(text: &str) -> Code {
    text.parse().unwrap()
}

pub fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

/// What is read once for all tests.
pub struct Land {
    pub country: Country,
    pub registry: Registry,
    closures: ClosureSets,
}

static LAND: LazyLock<Land> = LazyLock::new(|| {
    let sources = Sources::embedded();
    let country = Country::read(&sources).unwrap();
    let registry = Registry::read(&sources, &country).unwrap();
    let closures = registry.closure_sets();
    Land { country, registry, closures }
});

pub struct House {
    pub country: &'static Country,
    pub registry: &'static Registry,
    pub keys: BTreeMap<InstitutionCode, InstitutionKeys>,
    pub directory: Directory,
    pub rng: StdRng,
}

impl House {
    pub fn build() -> Self {
        let Land { country, registry, .. } = &*LAND;
        let mut rng = StdRng::seed_from_u64(7);
        let codes = [LEAD, ALTERNATE, ACCUSED, "INT-UNHCR"].map(code);
        let keys: BTreeMap<_, _> =
            codes.into_iter().map(|code| (code.clone(), InstitutionKeys::generate(code, 1, &mut rng))).collect();
        let directory = directory(&body(1, &keys, &mut rng));
        Self { country, registry, keys, directory, rng }
    }

    /// A report accusing one institution, sealed and granted to receipt, lead and alternate as the rules say.
    pub fn report(&mut self) -> Filed {
        let document = format!(
            r#"{{"accused":[{{"institution":"{ACCUSED}"}}],"event":{{"area":"BA-BIH-01"}},"account":{{"narrative":"What happened."}}}}"#
        );
        let document = Document::read(document.as_bytes()).unwrap();
        Filed::seal(self, &document)
    }

    pub fn listed(&self, name: &str) -> &Listed {
        self.directory.institution(&code(name)).unwrap()
    }

    pub fn identity(&self, name: &str) -> &Identity {
        self.keys[&code(name)].identity()
    }
}

pub fn body(version: u64, keys: &BTreeMap<InstitutionCode, InstitutionKeys>, rng: &mut StdRng) -> DirectoryBody {
    let Land { country, registry, closures } = &*LAND;
    let listed = keys.iter().map(|(code, keys)| Listed {
        code: code.clone(),
        name: code.to_string(),
        recipient: keys.identity().recipient(),
        signing: keys.signing().public(),
        former: Vec::new(),
    });
    DirectoryBody {
        deployment: Token::try_from("test").unwrap(),
        training: true,
        version,
        issued: today(),
        expires: today().plus(30),
        salt: [3; 32],
        registry: Token::try_from(registry.version()).unwrap(),
        taxonomy: Token::try_from(country.taxonomy().version()).unwrap(),
        server: SigningKey::generate("server", rng).unwrap().verifier().clone(),
        institutions: listed.collect(),
        leads: registry.leads().clone(),
        closures: closures.clone(),
    }
}

pub fn directory(body: &DirectoryBody) -> Directory {
    Directory::verify(&(body.write().unwrap().write() + UNKNOWN_SIGNER), Trust::TrainingOnly, today()).unwrap()
}

/// A line by nobody we know, so that an unsigned training note still has the shape of one.
pub const UNKNOWN_SIGNER: &str = "\u{2014} nobody AAAAAAA=\n";

/// A report as its reporter sealed it: everything needed to file it, to change it for the worse, and to open it.
pub struct Filed {
    pub report: ReportId,
    pub receipt: Stretched,
    pub facets: Facets,
    pub body: Body,
    pub parts: Vec<SealedPart>,
    pub grants: Vec<Grant>,
}

impl Filed {
    fn seal(house: &mut House, document: &Document) -> Self {
        let receipt = ReceiptDigits::generate(&mut house.rng).stretch(&[3; 32]).unwrap();
        let facets = Facets::project(&document.coding, house.country, today());
        let report = ReportId::new([9; 16]);
        let context = Context { report, signer: receipt.signing().public(), receipt: receipt.recipient() };
        let mut filed = Self {
            report,
            facets: facets.clone(),
            body: first_statement(house, &receipt, report, &facets),
            receipt,
            parts: Vec::new(),
            grants: Vec::new(),
        };
        for content in document.parts() {
            let part = seal_part(&context, content.part, &content.bytes, &mut house.rng).unwrap();
            filed.bring(house, part);
        }
        filed
    }

    /// Adds a part with the grants it is owed.
    pub fn bring(&mut self, house: &mut House, part: SealedPart) {
        let recipient = self.receipt.recipient();
        let all = house.directory.eligible(&self.facets);
        self.grant(&part, Grantee::Receipt(&recipient), When::Now, house);
        for (name, when) in [(LEAD, When::Now), (ALTERNATE, When::IfSilent)] {
            let listed = house.listed(name).clone();
            self.grant(&part, Grantee::Institution(all.get(&code(name)).unwrap(), &listed), when, house);
        }
        self.body.parts.push(part.line.clone());
        self.parts.push(part);
    }

    fn grant(&mut self, part: &SealedPart, to: Grantee<'_>, when: When, house: &mut House) {
        let granted = Granted { report: self.report, part: part.line.part, identity: &part.identity };
        let grant = seal_grant(&granted, to, Terms { purpose: purpose("C-KEEP"), when }, &mut house.rng).unwrap();
        self.body.grants.push(grant.line.clone());
        self.grants.push(grant);
    }

    pub fn statement(&self) -> Statement {
        Statement::make(self.body.clone()).unwrap()
    }

    pub fn facets_text(&self) -> String {
        String::from_utf8(self.facets.to_bytes()).unwrap()
    }

    /// The envelope, signed by the reporter over whatever the body now says.
    pub fn envelope(&self) -> Envelope {
        let statement = self.statement();
        Envelope {
            signature: statement.sign(self.receipt.signing()),
            statement,
            facets: Some(self.facets_text()),
            uploads: BTreeMap::new(),
            parts: self.parts.iter().map(|part| (part.line.part, part.sealed.clone())).collect(),
            grants: self.grants.iter().map(|grant| grant.sealed.clone()).collect(),
        }
    }

    pub fn part(&self, name: PartName) -> &SealedPart {
        self.parts.iter().find(|part| part.line.part == name).unwrap()
    }

    pub fn granted(&self, name: PartName, to: &str) -> &Grant {
        self.grants.iter().find(|grant| grant.line.part == name && grant.line.to.to_string() == to).unwrap()
    }

    pub fn known(&self) -> Known {
        Known {
            first: self.statement().sha256(),
            reporter: self.receipt.signing().public(),
            receipt: self.receipt.recipient().fingerprint(),
            parts: self.parts.iter().map(|part| part.line.part).collect(),
            facets: vec![self.facets.clone()],
            sequence: 0,
        }
    }
}

fn first_statement(house: &House, receipt: &Stretched, report: ReportId, facets: &Facets) -> Body {
    let directory = house.directory.body();
    Body {
        version: Version1,
        act: Act::File,
        report,
        sequence: 0,
        first: None,
        from: Author::Reporter,
        signer: receipt.signing().public(),
        directory: directory.version,
        registry: directory.registry.clone(),
        taxonomy: directory.taxonomy.clone(),
        facets: Some(vault::hash::sha256(&facets.to_bytes())),
        receipt: Some(receipt.recipient()),
        lookup: Some(receipt.lookup_hash()),
        parts: Vec::new(),
        grants: Vec::new(),
        detail: BTreeMap::new(),
    }
}

/// A statement of an institution about a filed report, signed.
pub fn institutions_statement(
    house: &House,
    filed: &Filed,
    name: &str,
    change: impl FnOnce(&mut Body),
) -> (Statement, Signature) {
    let keys = &house.keys[&code(name)];
    let mut body = Body {
        act: Act::Refer,
        first: Some(filed.statement().sha256()),
        from: Author::Institution(code(name)),
        signer: keys.signing().public(),
        facets: None,
        receipt: None,
        lookup: None,
        parts: Vec::new(),
        grants: Vec::new(),
        ..filed.body.clone()
    };
    change(&mut body);
    let statement = Statement::make(body).unwrap();
    let signature = statement.sign(&keys.signing());
    (statement, signature)
}

/// Holds an envelope to one directory that is stated and newest at once.
pub fn hold(house: &House, filed: &Filed, envelope: Envelope, known: Option<&Known>) -> Result<Checked, Refusal> {
    hold_to(house, &house.directory, filed, (envelope, known))
}

pub fn hold_to(
    house: &House,
    newest: &Directory,
    filed: &Filed,
    (envelope, known): (Envelope, Option<&Known>),
) -> Result<Checked, Refusal> {
    let all: EligibleSet = eligible(&filed.facets, house.registry, today());
    let uploaded = BTreeMap::new();
    let grounds =
        Grounds { stated: &house.directory, newest, eligible: &all, facets: &filed.facets, uploaded: &uploaded, known };
    check(envelope, &grounds)
}

/// Holds an envelope that comes after the first to the facets it sets, or to those in force.
pub fn hold_facets(
    house: &House,
    facets: &Facets,
    (envelope, known): (Envelope, Option<&Known>),
) -> Result<Checked, Refusal> {
    let all: EligibleSet = eligible(facets, house.registry, today());
    let uploaded = BTreeMap::new();
    let (stated, newest) = (&house.directory, &house.directory);
    check(envelope, &Grounds { stated, newest, eligible: &all, facets, uploaded: &uploaded, known })
}

pub fn secret(seed: u8) -> SecretKey {
    SecretKey::of_seed(&[seed; 32])
}
