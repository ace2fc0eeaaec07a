//! What an opener refuses although a server handed it out.

use std::io::Read;

use age_core::primitives::hkdf;
use age_core::secrecy::ExposeSecret;
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit};
use report::{Code, PartName, ReportId};
use unseal::{Fault, History, Stated, open_grant};
use vault::{Context, Granted, Grantee, Reader, Terms, When, seal_grant, seal_part};

use crate::house::{ACCUSED, ALTERNATE, Filed, House, LEAD, code, institutions_statement, purpose, secret, today};

fn reader(name: &str) -> Reader {
    Reader::Institution(code(name))
}

fn history(house: &House, filed: &Filed) -> Result<History, Fault> {
    let statement = filed.statement();
    let signature = statement.sign(filed.receipt.signing());
    let facets = filed.facets_text();
    let stated = Stated { statement: statement.as_str(), signature: &signature, facets: Some(&facets), day: today() };
    History::verify(filed.report, &[stated], &house.directory, house.country)
}

#[test]
fn the_lead_and_the_receipt_open_every_part_and_the_contents_are_whole() {
    let mut house = House::build();
    let filed = house.report();
    let history = history(&house, &filed).unwrap();
    let receipt = unseal::Identity::of_receipt(&filed.receipt).unwrap();
    for part in &filed.parts {
        for (name, who, identity) in
            [(LEAD, reader(LEAD), house.identity(LEAD)), ("receipt", Reader::Receipt, &receipt)]
        {
            let grant = filed.granted(part.line.part, name).sealed.as_bytes();
            let key = history.open_grant((&who, identity), part.line.part, grant, &house.directory).unwrap();
            let opened = history.open_part(&key, part.line.part, part.sealed.as_bytes()).unwrap();
            assert_eq!(opened.frame.receipt, filed.receipt.recipient());
            assert!(!opened.content.is_empty());
        }
    }
}

#[test]
fn a_grant_for_another_part_put_in_its_place_is_refused() {
    let mut house = House::build();
    let filed = house.report();
    let history = history(&house, &filed).unwrap();
    let swapped = filed.granted(PartName::CODING, LEAD).sealed.as_bytes();
    let who = (&reader(LEAD), house.identity(LEAD));
    let opened = history.open_grant(who, PartName::ACCOUNT, swapped, &house.directory);
    assert_eq!(opened.err(), Some(Fault::Unstated));
}

#[test]
fn a_grant_is_refused_when_its_inside_names_another_place_than_its_label() {
    let mut house = House::build();
    let filed = house.report();
    let grant = filed.granted(PartName::ACCOUNT, LEAD);
    let identity = house.identity(LEAD);
    let open = |line: &vault::GrantLine, report| open_grant(identity, grant.sealed.as_bytes(), line, report).err();
    let line = &grant.line;
    assert_eq!(open(line, filed.report), None);
    assert_eq!(open(line, ReportId::new([8; 16])), Some(Fault::Context));
    let other = |change: &dyn Fn(&mut vault::GrantLine)| {
        let mut line = line.clone();
        change(&mut line);
        open(&line, filed.report)
    };
    assert_eq!(other(&|line| line.part = PartName::CODING), Some(Fault::Context));
    assert_eq!(other(&|line| line.purpose = "C-OVER".parse::<Code>().unwrap()), Some(Fault::Context));
    assert_eq!(other(&|line| line.to = reader(ALTERNATE)), Some(Fault::Context));
    assert_eq!(other(&|line| line.key = report::Sha256::new([0; 32])), Some(Fault::Key));
}

#[test]
fn a_forged_payload_under_the_valid_header_is_refused() {
    let mut house = House::build();
    let filed = house.report();
    let history = history(&house, &filed).unwrap();
    let account = filed.part(PartName::ACCOUNT);
    let grant = filed.granted(PartName::ACCOUNT, LEAD).sealed.as_bytes();
    let key =
        history.open_grant((&reader(LEAD), house.identity(LEAD)), PartName::ACCOUNT, grant, &house.directory).unwrap();
    let forged = forge(&key, account.sealed.as_bytes(), b"{\"narrative\":\"Something else.\"}");
    assert_eq!(forged[..vault::HEADER], account.sealed.as_bytes()[..vault::HEADER]);
    assert_eq!(history.open_part(&key, PartName::ACCOUNT, &forged).err(), Some(Fault::Bytes));
    // The control: it is a perfect forgery, and only the signed hash tells it from the original.
    let (_, place) = history.belonging(PartName::ACCOUNT).unwrap();
    let line = vault::PartLine { sha256: vault::hash::sha256(&forged), ..account.line.clone() };
    assert!(unseal::open_part(&key, &forged, &line, &place).is_ok());
}

/// Whoever may open a part knows its file key, and so can put another payload under its header.
fn forge(key: &unseal::PartKey, sealed: &[u8], content: &[u8]) -> Vec<u8> {
    let original = age::Decryptor::new_buffered(sealed).unwrap();
    let mut plain = Vec::new();
    let identity = key.identity() as &dyn age::Identity;
    original.decrypt(std::iter::once(identity)).unwrap().read_to_end(&mut plain).unwrap();
    let (mut frame, _) = vault::Frame::read(&plain).unwrap();
    (frame.length, frame.sha256) = (content.len().try_into().unwrap(), vault::hash::sha256(content));
    let mut forged = serde_json::to_vec(&frame).unwrap();
    forged.push(b'\n');
    forged.extend_from_slice(content);
    forged.resize(plain.len(), 0);

    let header = std::str::from_utf8(&sealed[..vault::HEADER]).unwrap();
    let lines: Vec<&str> = header.lines().collect();
    let stanza = age_core::format::Stanza {
        tag: "mlkem768x25519".to_owned(),
        args: vec![lines[1].rsplit(' ').next().unwrap().to_owned()],
        body: BASE64_STANDARD_NO_PAD.decode(lines[2]).unwrap(),
    };
    let file_key = identity.unwrap_stanza(&stanza).unwrap().ok().unwrap();
    let (start, _) = sealed.split_at(vault::HEADER + 16);
    let payload_key = hkdf(&start[vault::HEADER..], b"payload", file_key.expose_secret());
    let last_chunk = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let payload = ChaCha20Poly1305::new(&payload_key.into()).encrypt(&last_chunk.into(), &forged[..]).unwrap();
    [start, &payload].concat()
}

#[test]
fn a_frame_of_another_report_or_author_is_refused_even_when_stated() {
    let mut house = House::build();
    for (report, signer) in [(ReportId::new([8; 16]), None), (ReportId::new([9; 16]), Some(secret(4)))] {
        let mut filed = house.report();
        let signer = signer.map_or(filed.body.signer, |key| key.public());
        let context = Context { report, signer, receipt: filed.receipt.recipient() };
        let strange = seal_part(&context, PartName::AUTHORITY, b"", &mut house.rng).unwrap();
        filed.bring(&mut house, strange);
        let history = history(&house, &filed).unwrap();
        let grant = filed.granted(PartName::AUTHORITY, LEAD).sealed.as_bytes();
        let who = (&reader(LEAD), house.identity(LEAD));
        let key = history.open_grant(who, PartName::AUTHORITY, grant, &house.directory).unwrap();
        let sealed = filed.part(PartName::AUTHORITY).sealed.as_bytes();
        assert_eq!(history.open_part(&key, PartName::AUTHORITY, sealed).err(), Some(Fault::Context));
    }
}

#[test]
fn facets_edited_by_the_server_are_found_out() {
    let mut house = House::build();
    let filed = house.report();
    let statement = filed.statement();
    let signature = statement.sign(filed.receipt.signing());
    let edited = filed.facets_text().replace(ACCUSED, "BA-MS");
    let stated = Stated { statement: statement.as_str(), signature: &signature, facets: Some(&edited), day: today() };
    let told = History::verify(filed.report, &[stated], &house.directory, house.country);
    assert_eq!(told.err(), Some(Fault::Facets));
}

#[test]
fn the_accused_refuses_to_open_although_it_holds_a_grant_that_fits() {
    let mut house = House::build();
    let mut filed = house.report();
    // A client that skips the rule: sealed for somebody eligible under another accusation.
    let innocent = testimony::Document::read(br#"{"event":{"area":"BA-BIH-01"}}"#).unwrap().coding;
    let innocent = report::Facets::project(&innocent, house.country, crate::house::today());
    let all = house.directory.eligible(&innocent);
    let listed = house.listed(ACCUSED).clone();
    let account = filed.parts.iter().position(|part| part.line.part == PartName::ACCOUNT).unwrap();
    let granted = Granted { report: filed.report, part: PartName::ACCOUNT, identity: &filed.parts[account].identity };
    let to = Grantee::Institution(all.get(&code(ACCUSED)).unwrap(), &listed);
    let grant = seal_grant(&granted, to, Terms { purpose: purpose("C-KEEP"), when: When::Now }, &mut house.rng);
    let grant = grant.unwrap();
    filed.body.grants.push(grant.line.clone());
    let history = history(&house, &filed).unwrap();
    let who = (&reader(ACCUSED), house.identity(ACCUSED));
    let opened = history.open_grant(who, PartName::ACCOUNT, grant.sealed.as_bytes(), &house.directory);
    assert_eq!(opened.err(), Some(Fault::Closure));
}

#[test]
fn an_accusation_cannot_be_coded_away() {
    let mut house = House::build();
    let filed = house.report();
    let innocent = testimony::Document::read(br#"{"event":{"area":"BA-BIH-01"}}"#).unwrap().coding;
    let innocent = report::Facets::project(&innocent, house.country, crate::house::today());
    let text = String::from_utf8(innocent.to_bytes()).unwrap();
    let (coded, coded_signature) = institutions_statement(&house, &filed, LEAD, |body| {
        body.act = vault::Act::Code;
        body.facets = Some(vault::hash::sha256(text.as_bytes()));
    });
    let (first, facets) = (filed.statement(), filed.facets_text());
    let signature = first.sign(filed.receipt.signing());
    let stated = [
        Stated { statement: first.as_str(), signature: &signature, facets: Some(&facets), day: today() },
        Stated { statement: coded.as_str(), signature: &coded_signature, facets: Some(&text), day: today() },
    ];
    let history = History::verify(filed.report, &stated, &house.directory, house.country).unwrap();
    assert!(history.facets().unwrap().accused().institutions.is_empty());
    assert!(history.closure(&house.directory).contains(&code(ACCUSED)));
}

#[test]
fn a_statement_by_a_stranger_in_an_institutions_name_is_refused() {
    let mut house = House::build();
    let filed = house.report();
    let stranger = secret(6);
    let (statement, _) = institutions_statement(&house, &filed, LEAD, |body| body.signer = stranger.public());
    let forged = statement.sign(&stranger);
    let (first, facets) = (filed.statement(), filed.facets_text());
    let signature = first.sign(filed.receipt.signing());
    let stated = [
        Stated { statement: first.as_str(), signature: &signature, facets: Some(&facets), day: today() },
        Stated { statement: statement.as_str(), signature: &forged, facets: None, day: today() },
    ];
    let told = History::verify(filed.report, &stated, &house.directory, house.country);
    assert_eq!(told.err(), Some(Fault::Statement));
}
