//! What leaves this program is what a server accepts, and goes to nobody who is shut out.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Contents, Doing, Reporter, Wanted, lists, plan, seal};
use crate::{Around, Home};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use report::{Day, Facets, ReportId};
use signed::{Board, SigningKey};
use testimony::Document;
use unseal::InstitutionKeys;
use vault::{Checked, Directory, DirectoryBody, Grounds, Listed, Reader, ReceiptDigits, Token, Trust, When, check};

const TODAY: Day = Day::new(20_800);
const BODIES: [&str; 6] = ["NGO-VP", "NGO-HCBH", "BA-OMB", "BA-BP", "BA-PO", "INT-UNHCR"];

fn around() -> Around {
    let (input, messages) = (Box::new(std::io::empty()), Box::new(std::io::sink()));
    Around { today: TODAY, rng: StdRng::seed_from_u64(7), language: words::Language::English, input, messages }
}

fn token(text: &str) -> Token {
    Token::try_from(text).unwrap()
}

/// A directory of a few institutions, signed by a board of one.
fn directory(home: &Home, around: &mut Around) -> Directory {
    let board = SigningKey::generate("board", &mut around.rng).unwrap();
    let server = SigningKey::generate("server", &mut around.rng).unwrap();
    let listed = |code: &str, rng: &mut StdRng| {
        let keys = InstitutionKeys::generate(code.parse().unwrap(), 1, rng);
        let (recipient, signing) = (keys.identity().recipient(), keys.signing().public());
        Listed { code: code.parse().unwrap(), name: code.to_owned(), recipient, signing, former: Vec::new() }
    };
    let mut salt = [0; 32];
    around.rng.fill_bytes(&mut salt);
    let body = DirectoryBody {
        deployment: token("training"),
        training: true,
        version: 1,
        issued: TODAY,
        expires: TODAY.plus(30),
        salt,
        registry: token(home.registry.version()),
        taxonomy: token(home.country.taxonomy().version()),
        server: server.verifier().clone(),
        institutions: BODIES.iter().map(|code| listed(code, &mut around.rng)).collect(),
        leads: home.registry.leads().clone(),
        closures: home.registry.closure_sets(),
    };
    let note = body.write().unwrap().sign(&board).write();
    let board = Board::new(1, vec![board.verifier().clone()]).unwrap();
    Directory::verify(&note, Trust::Board(&board), TODAY).unwrap()
}

fn document(text: &str) -> Document {
    Document::read(text.as_bytes()).unwrap()
}

/// Seals a document and holds it to what a server holds it to.
fn filed(text: &str, also: &[&str], files: &[&Path]) -> (Option<String>, Checked) {
    let home = Home::embedded().map_err(|failure| failure.message).unwrap();
    let mut around = around();
    let directory = directory(&home, &mut around);
    let ground = home.ground(&directory, TODAY);
    let mut document = document(text);
    let also: Vec<String> = also.iter().map(ToString::to_string).collect();
    let Wanted { plan, refused } =
        plan(&ground, &mut document.coding, &also).map_err(|failure| failure.message).unwrap();
    let receipt = ReceiptDigits::generate(&mut around.rng).stretch(&directory.body().salt).unwrap();
    let reporter = Reporter { report: ReportId::from([7; 16]), receipt };
    let files: Vec<_> = files.iter().map(|path| path.to_path_buf()).collect();
    let contents = Contents::of(&document, &files);
    let parcel = seal(&contents, &plan, &Doing::file(&reporter), &ground, &mut around.rng);
    let parcel = parcel.map_err(|failure| failure.message).unwrap();
    let bytes = parcel.envelope.write().unwrap();
    let envelope = vault::Envelope::read(&bytes).unwrap();
    let facets = Facets::admit(envelope.facets.as_ref().unwrap().as_bytes(), &home.country).unwrap();
    let eligible = routing::eligible(&facets, &home.registry, TODAY);
    let uploaded = BTreeMap::new();
    let (stated, newest) = (&directory, &directory);
    let grounds = Grounds { stated, newest, eligible: &eligible, facets: &facets, uploaded: &uploaded, known: None };
    let checked = check(envelope, &grounds).unwrap();
    (refused, checked)
}

const AGAINST_BORDER_POLICE: &str = r#"{
    "language": "en", "source_kind": "S-NGO", "still_in_danger": "no",
    "event": { "from": "2026-11-01", "to": "2026-11-01", "precision": "D-DAY", "area": "BA-BIH-01" },
    "acts": [ { "code": "PUSH-01" } ], "accused": [ { "institution": "BA-BP" } ],
    "people": [ { "count": 3, "count_basis": "CB-OBS", "origin": "SY" } ],
    "account": { "narrative": "made up" }, "identity": { "name": "made up" } }"#;

fn readers(checked: &Checked) -> Vec<(String, String, When)> {
    let institutions = checked.grants().iter().filter(|(line, _)| line.to != Reader::Receipt);
    institutions.map(|(line, _)| (line.to.to_string(), line.part.to_string(), line.when)).collect()
}

#[test]
fn a_report_goes_to_the_lead_now_and_to_the_alternate_if_silent() {
    let (_, checked) = filed(AGAINST_BORDER_POLICE, &[], &[]);
    let readers = readers(&checked);
    assert!(readers.contains(&("NGO-VP".to_owned(), "account".to_owned(), When::Now)));
    assert!(readers.contains(&("NGO-HCBH".to_owned(), "account".to_owned(), When::IfSilent)));
    assert!(readers.iter().all(|(_, part, _)| part != "identity"), "who the person is takes a consent of its own");
    assert!(checked.withheld().is_empty());
    assert_eq!(checked.grants().iter().filter(|(line, _)| line.to == Reader::Receipt).count(), checked.parts().len());
}

#[test]
fn an_institution_asked_for_by_name_reads_too_unless_it_is_shut_out() {
    let (refused, checked) = filed(AGAINST_BORDER_POLICE, &["BA-OMB"], &[]);
    assert_eq!(refused, None);
    assert!(readers(&checked).iter().any(|(code, part, _)| code == "BA-OMB" && part == "account"));
    let (refused, checked) = filed(AGAINST_BORDER_POLICE, &["BA-BP"], &[]);
    assert!(refused.is_some());
    assert!(readers(&checked).iter().all(|(code, ..)| code != "BA-BP"));
}

#[test]
fn a_complaint_with_the_name_lets_the_lead_read_the_name_and_nobody_else() {
    let home = Home::embedded().map_err(|failure| failure.message).unwrap();
    let choices = home.country.consent().choices();
    let choice = choices.iter().find(|choice| choice.code == *"complain-with-name").unwrap();
    let rows = serde_json::to_string(&choice.rows).unwrap();
    let (_, checked) = filed(&AGAINST_BORDER_POLICE.replacen('{', &format!(r#"{{ "consent": {rows},"#), 1), &[], &[]);
    let named: Vec<_> = readers(&checked).into_iter().filter(|(_, part, _)| part == "identity").collect();
    assert_eq!(named, [("NGO-VP".to_owned(), "identity".to_owned(), When::Now)]);
}

#[test]
fn a_report_held_for_the_receipt_alone_is_granted_to_nobody_else() {
    let held = AGAINST_BORDER_POLICE.replacen('{', r#"{ "consent": [],"#, 1);
    let (_, checked) = filed(&held, &[], &[]);
    assert!(readers(&checked).is_empty());
}

#[test]
fn a_file_is_sealed_untouched_beside_the_account() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sound.bin");
    std::fs::write(&file, [9; 5_000]).unwrap();
    let (_, checked) = filed(AGAINST_BORDER_POLICE, &[], &[&file]);
    assert!(checked.parts().iter().any(|part| part.line.part.to_string() == "evidence/1"));
    assert!(readers(&checked).iter().any(|(code, part, _)| code == "NGO-VP" && part == "evidence/1"));
}

#[test]
fn the_printed_lists_name_the_whole_closure_with_reasons() {
    let home = Home::embedded().map_err(|failure| failure.message).unwrap();
    let mut around = around();
    let directory = directory(&home, &mut around);
    let ground = home.ground(&directory, TODAY);
    let document = document(AGAINST_BORDER_POLICE);
    let plan = ground.draw(ground.facets(&document.coding));
    let lists = lists(&plan, &[report::PartName::ACCOUNT], &ground, &around);
    let shut: Vec<&str> =
        lists["shut_out"].as_array().unwrap().iter().map(|line| line["institution"].as_str().unwrap()).collect();
    for code in ["BA-BP", "BA-MOS", "BA-SFA", "BA-SIPA"] {
        assert!(shut.contains(&code), "{code}");
    }
    assert!(lists["shut_out"][0]["text"].as_str().is_some_and(|text| text.contains(' ')));
    assert_eq!(lists["readers"][0]["institution"], "NGO-VP");
}

#[test]
fn past_the_directorys_last_day_only_its_lead_and_its_alternate_are_sealed_to() {
    let home = Home::embedded().map_err(|failure| failure.message).unwrap();
    let mut around = around();
    let directory = directory(&home, &mut around);
    let said = |days: i32| {
        let ground = home.ground(&directory, TODAY.plus(days));
        let mut document = document(AGAINST_BORDER_POLICE);
        let wanted = plan(&ground, &mut document.coding, &["BA-OMB".to_owned()]);
        let Wanted { plan, refused } = wanted.map_err(|failure| failure.message).unwrap();
        let readers: Vec<String> = plan.readers.iter().map(|reader| reader.eligible().code().to_string()).collect();
        let age = lists(&plan, &[], &ground, &around)["directory"].clone();
        (readers, refused.is_some(), age)
    };
    let codes = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(said(30), (codes(&["NGO-VP", "NGO-HCBH", "BA-OMB"]), false, "current".into()));
    assert_eq!(said(31), (codes(&["NGO-VP", "NGO-HCBH"]), true, "stale".into()));
}
