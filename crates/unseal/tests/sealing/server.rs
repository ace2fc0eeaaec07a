//! What a server can hold an envelope to without opening it.

use std::collections::BTreeMap;

use report::{PartKind, PartName, Sha256};
use vault::{
    Act, Author, Context, Envelope, Granted, Grantee, Reader, Refusal, Terms, Token, When, seal_grant, seal_part,
};

use crate::house::{
    ACCUSED, ALTERNATE, Filed, House, LEAD, body, code, directory, hold, hold_facets, hold_to, institutions_statement,
    purpose, secret,
};

/// Signs a changed body and holds it.
fn after(change: impl FnOnce(&mut Filed)) -> Option<Refusal> {
    let mut house = House::build();
    let mut filed = house.report();
    change(&mut filed);
    hold(&house, &filed, filed.envelope(), None).err()
}

#[test]
fn a_report_sealed_by_the_rules_is_taken_with_every_grant() {
    let mut house = House::build();
    let filed = house.report();
    let checked = hold(&house, &filed, filed.envelope(), None).unwrap();
    assert_eq!((checked.parts().len(), checked.grants().len(), checked.withheld().len()), (2, 6, 0));
}

#[test]
fn an_envelope_reads_back_byte_for_byte() {
    let mut house = House::build();
    let bytes = house.report().envelope().write().unwrap();
    let again = Envelope::read(&bytes).unwrap();
    assert!(again.write().unwrap() == bytes);
}

#[test]
fn an_envelope_cut_anywhere_or_longer_by_a_byte_is_refused() {
    let mut house = House::build();
    let bytes = house.report().envelope().write().unwrap();
    for end in (0..bytes.len()).step_by(997).chain([7, 8, 11, 12, bytes.len() - 1]) {
        assert!(Envelope::read(&bytes[..end]).is_err());
    }
    assert_eq!(Envelope::read(&[&bytes[..], b"x"].concat()).err(), Some(Refusal::EnvelopeLength));
    let huge = [b"putokaz1", &u32::MAX.to_be_bytes()[..]].concat();
    assert_eq!(Envelope::read(&huge).err(), Some(Refusal::EnvelopeHeadTooLarge));
}

#[test]
fn a_statement_changed_after_signing_is_refused() {
    let mut house = House::build();
    let filed = house.report();
    let mut envelope = filed.envelope();
    let other = vault::Body { directory: 2, ..filed.body.clone() };
    envelope.statement = vault::Statement::make(other).unwrap();
    assert_eq!(hold(&house, &filed, envelope, None).err(), Some(Refusal::StatementSignature));
}

#[test]
fn facets_edited_on_the_way_are_refused() {
    let mut house = House::build();
    let filed = house.report();
    let mut envelope = filed.envelope();
    envelope.facets = envelope.facets.map(|text| text.replace(ACCUSED, "BA-MS"));
    assert_eq!(hold(&house, &filed, envelope, None).err(), Some(Refusal::FacetsHash));
    let mut envelope = filed.envelope();
    envelope.facets = None;
    assert_eq!(hold(&house, &filed, envelope, None).err(), Some(Refusal::FacetsPresence));
}

#[test]
fn bytes_that_are_not_those_signed_are_refused() {
    assert_eq!(after(|filed| filed.body.parts[0].sha256 = Sha256::new([0; 32])), Some(Refusal::PartHash));
    assert_eq!(after(|filed| filed.body.grants[0].sha256 = Sha256::new([0; 32])), Some(Refusal::GrantHash));
    assert_eq!(after(|filed| filed.body.parts[0].size += 65_536), Some(Refusal::PartSize));
    assert_eq!(after(|filed| filed.grants.swap(0, 1)), Some(Refusal::GrantHash));
}

#[test]
fn labels_that_break_a_rule_are_refused_each_with_its_code() {
    assert_eq!(after(|filed| filed.body.parts[1].part = filed.body.parts[0].part), Some(Refusal::PartTwice));
    let note = PartName::numbered(PartKind::Note, 1).unwrap();
    assert_eq!(after(|filed| filed.body.parts[1].part = note), Some(Refusal::PartAuthor));
    assert_eq!(after(|filed| filed.body.grants[1].to = Reader::Receipt), Some(Refusal::GrantTwice));
    assert_eq!(after(|filed| filed.body.grants[0].part = PartName::IDENTITY), Some(Refusal::GrantPart));
    assert_eq!(
        after(|filed| filed.body.grants[1].to = Reader::Institution(code("NOBODY"))),
        Some(Refusal::GrantReader)
    );
    assert_eq!(
        after(|filed| filed.body.grants[1].to = Reader::Institution(code(ACCUSED))),
        Some(Refusal::GrantClosure)
    );
    assert_eq!(after(|filed| filed.body.grants[1].key = Sha256::new([1; 32])), Some(Refusal::GrantKey));
    assert_eq!(after(|filed| filed.body.grants[0].key = Sha256::new([1; 32])), Some(Refusal::GrantKey));
    assert_eq!(after(|filed| filed.body.grants[1].purpose = purpose("C-OVER")), Some(Refusal::GrantConsent));
    assert_eq!(
        after(|filed| filed.body.registry = Token::try_from("1999-01").unwrap()),
        Some(Refusal::StatementVersions)
    );
}

#[test]
fn acts_must_be_their_authors_and_whole() {
    assert_eq!(after(|filed| filed.body.act = Act::Refer), Some(Refusal::StatementAct));
    assert_eq!(after(|filed| filed.body.lookup = None), Some(Refusal::StatementAct));
    assert_eq!(after(|filed| filed.body.sequence = 1), Some(Refusal::StatementAct));
    assert_eq!(after(|filed| filed.body.from = Author::Institution(code(LEAD))), Some(Refusal::StatementAct));
}

#[test]
fn a_part_without_a_grant_for_the_receipt_is_refused() {
    let refused = after(|filed| {
        filed.body.grants.remove(0);
        filed.grants.remove(0);
    });
    assert_eq!(refused, Some(Refusal::GrantReceiptMissing));
}

#[test]
fn identity_is_not_granted_under_keeping() {
    let mut house = House::build();
    let mut filed = house.report();
    let context = Context { report: filed.report, signer: filed.body.signer, receipt: filed.receipt.recipient() };
    let part = seal_part(&context, PartName::IDENTITY, b"{}", &mut house.rng).unwrap();
    filed.bring(&mut house, part);
    assert_eq!(hold(&house, &filed, filed.envelope(), None).err(), Some(Refusal::GrantConsent));
}

#[test]
fn a_report_held_for_the_receipt_alone_is_granted_to_nobody_else() {
    let mut house = House::build();
    let filed = house.report();
    let held = r#"{"consent":[],"accused":[{"institution":"BA-BP"}],"event":{"area":"BA-BIH-01"}}"#;
    let coding = testimony::Document::read(held.as_bytes()).unwrap().coding;
    let facets = report::Facets::project(&coding, house.country, crate::house::today());
    let mut filed = Filed { facets: facets.clone(), ..filed };
    filed.body.facets = Some(vault::hash::sha256(&facets.to_bytes()));
    assert_eq!(hold(&house, &filed, filed.envelope(), None).err(), Some(Refusal::GrantConsent));
    filed.body.grants.retain(|line| line.to == Reader::Receipt);
    filed.grants.retain(|grant| grant.line.to == Reader::Receipt);
    assert!(hold(&house, &filed, filed.envelope(), None).is_ok());
}

#[test]
fn what_is_wrong_only_by_now_costs_the_grant_and_never_the_testimony() {
    let mut house = House::build();
    let filed = house.report();
    let mut later = body(2, &house.keys, &mut house.rng);
    later.institutions.retain(|listed| listed.code != code(LEAD));
    let newest = directory(&later);
    let checked = hold_to(&house, &newest, &filed, (filed.envelope(), None)).unwrap();
    assert_eq!((checked.parts().len(), checked.grants().len(), checked.withheld().len()), (2, 4, 2));
    assert!(checked.withheld().iter().all(|line| line.to == Reader::Institution(code(LEAD))));
}

#[test]
fn a_key_retired_since_sealing_withholds_its_grants() {
    let mut house = House::build();
    let filed = house.report();
    let mut later = body(2, &house.keys, &mut house.rng);
    let fresh = unseal::Identity::generate(&mut house.rng).recipient();
    later
        .institutions
        .iter_mut()
        .filter(|one| one.code == code(ALTERNATE))
        .for_each(|one| one.recipient = fresh.clone());
    let checked = hold_to(&house, &directory(&later), &filed, (filed.envelope(), None)).unwrap();
    assert_eq!((checked.grants().len(), checked.withheld().len()), (4, 2));
}

#[test]
fn the_next_statement_must_come_from_the_same_reporter_about_the_same_report() {
    let mut house = House::build();
    let filed = house.report();
    let known = filed.known();
    let next = |change: &dyn Fn(&mut vault::Body), signer: &signed::SecretKey| {
        let mut body = filed.body.clone();
        (body.act, body.first, body.sequence) = (Act::Withdraw, Some(known.first), 0);
        (body.facets, body.receipt, body.lookup) = (None, None, None);
        (body.parts, body.grants, body.signer) = (Vec::new(), Vec::new(), signer.public());
        change(&mut body);
        let statement = vault::Statement::make(body).unwrap();
        let signature = statement.sign(signer);
        let (uploads, parts, grants) = (BTreeMap::new(), Vec::new(), Vec::new());
        hold(&house, &filed, Envelope { statement, signature, facets: None, uploads, parts, grants }, Some(&known))
            .err()
    };
    let reporter = filed.receipt.signing();
    assert_eq!(next(&|_| {}, reporter), None);
    assert_eq!(next(&|_| {}, &secret(5)), Some(Refusal::StatementSigner));
    assert_eq!(next(&|body| body.first = Some(Sha256::new([0; 32])), reporter), Some(Refusal::StatementFirst));
    assert_eq!(next(&|body| body.sequence = 4, reporter), Some(Refusal::StatementSequence));
    assert_eq!(next(&|body| body.act = Act::File, reporter), Some(Refusal::StatementAct));
}

#[test]
fn a_lead_refers_with_consent_or_for_a_vital_interest_and_never_into_the_closure() {
    let mut house = House::build();
    let filed = house.report();
    let known = filed.known();
    let all = house.directory.eligible(&filed.facets);
    let listed = house.listed("INT-UNHCR").clone();
    let account = filed.part(PartName::ACCOUNT);
    let granted = Granted { report: filed.report, part: PartName::ACCOUNT, identity: &account.identity };
    let terms = Terms { purpose: purpose("C-URG"), when: When::Now };
    let to = Grantee::Institution(all.get(&code("INT-UNHCR")).unwrap(), &listed);
    let grant = seal_grant(&granted, to, terms, &mut house.rng).unwrap();
    let refer_for = |what: &str, basis: Option<&str>, to: &str| {
        let (statement, signature) = institutions_statement(&house, &filed, LEAD, |body| {
            let to = Reader::Institution(code(to));
            body.grants.push(vault::GrantLine { to: to.clone(), purpose: purpose(what), ..grant.line.clone() });
            body.detail.insert(word("to"), word(&to.to_string()));
            body.detail.extend(basis.map(|basis| (word("basis"), word(basis))));
        });
        let (uploads, parts, grants) = (BTreeMap::new(), Vec::new(), vec![grant.sealed.clone()]);
        let envelope = Envelope { statement, signature, facets: None, uploads, parts, grants };
        hold(&house, &filed, envelope, Some(&known)).err()
    };
    let refer = |basis: Option<&str>, to: &str| refer_for("C-URG", basis, to);
    assert_eq!(refer(None, "INT-UNHCR"), Some(Refusal::GrantConsent));
    assert_eq!(
        refer_for("C-KEEP", None, "INT-UNHCR"),
        Some(Refusal::GrantConsent),
        "keeping is handed over, not referred"
    );
    assert_eq!(refer(Some("vital-interest"), "INT-UNHCR"), None);
    assert_eq!(refer(Some("vital-interest"), ACCUSED), Some(Refusal::GrantClosure));
}

#[test]
fn an_institution_of_the_closure_states_nothing() {
    let mut house = House::build();
    let filed = house.report();
    let known = filed.known();
    let (statement, signature) = institutions_statement(&house, &filed, ACCUSED, |body| body.act = Act::Verify);
    let (uploads, parts, grants) = (BTreeMap::new(), Vec::new(), Vec::new());
    let envelope = Envelope { statement, signature, facets: None, uploads, parts, grants };
    assert_eq!(hold(&house, &filed, envelope, Some(&known)).err(), Some(Refusal::GrantClosure));
}

fn word(text: &str) -> Token {
    Token::try_from(text).unwrap()
}

/// Holds a report granted to the lead for a complaint, when the person agreed to that for one kind of recipient.
fn agreed_for(kind: &str) -> Option<Refusal> {
    let mut house = House::build();
    let filed = house.report();
    let source = format!(
        r#"{{"accused":[{{"institution":"{ACCUSED}"}}],"event":{{"area":"BA-BIH-01"}},
            "consent":[{{"purpose":"C-OVER","recipient_kind":"{kind}","parts":["account"]}}]}}"#
    );
    let coding = testimony::Document::read(source.as_bytes()).unwrap().coding;
    let facets = report::Facets::project(&coding, house.country, crate::house::today());
    let mut filed = Filed { facets: facets.clone(), ..filed };
    filed.body.facets = Some(vault::hash::sha256(&facets.to_bytes()));
    let lead = Reader::Institution(code(LEAD));
    let account = filed.body.grants.iter_mut().find(|line| line.part == PartName::ACCOUNT && line.to == lead);
    account.unwrap().purpose = purpose("C-OVER");
    hold(&house, &filed, filed.envelope(), None).err()
}

#[test]
fn consent_for_any_of_the_kinds_an_institution_is_lets_it_read() {
    assert_eq!(agreed_for("K-INTAKE"), None);
    assert_eq!(agreed_for("K-LEGAL"), None);
    assert_eq!(agreed_for("K-OVER"), Some(Refusal::GrantConsent));
}

#[test]
fn a_note_goes_to_whom_it_was_written_for_and_to_nobody_else() {
    let mut house = House::build();
    let filed = house.report();
    let known = filed.known();
    let all = house.directory.eligible(&filed.facets);
    let keys = house.keys[&code(LEAD)].signing().public();
    let context = Context { report: filed.report, signer: keys, receipt: filed.receipt.recipient() };
    let name = PartName::numbered(PartKind::Note, 1).unwrap();
    let note = seal_part(&context, name, b"A child waits at the station.", &mut house.rng).unwrap();
    let granted = Granted { report: filed.report, part: name, identity: &note.identity };
    let terms = Terms { purpose: purpose("C-URG"), when: When::Now };
    let listed = house.listed("INT-UNHCR").clone();
    let to = Grantee::Institution(all.get(&code("INT-UNHCR")).unwrap(), &listed);
    let grant = seal_grant(&granted, to, terms, &mut house.rng).unwrap();
    let state = |act: Act, to: &str| {
        let (statement, signature) = institutions_statement(&house, &filed, LEAD, |body| {
            body.act = act;
            body.parts.push(note.line.clone());
            body.grants.push(grant.line.clone());
            body.detail = [(word("to"), word(to)), (word("basis"), word("vital-interest"))].into();
        });
        let (uploads, parts, grants) = (BTreeMap::new(), vec![(name, note.sealed.clone())], vec![grant.sealed.clone()]);
        let envelope = Envelope { statement, signature, facets: None, uploads, parts, grants };
        hold(&house, &filed, envelope, Some(&known)).err()
    };
    assert_eq!(state(Act::Refer, "INT-UNHCR"), None);
    assert_eq!(state(Act::Note, "INT-UNHCR"), Some(Refusal::GrantNote));
    assert_eq!(state(Act::Refer, ALTERNATE), Some(Refusal::StatementAct), "a referral says whom it asks");
}

#[test]
fn a_members_correction_drops_no_accusation_and_leaves_consent_as_it_is() {
    let mut house = House::build();
    let filed = house.report();
    let code = |source: &str| {
        let coding = testimony::Document::read(source.as_bytes()).unwrap().coding;
        let facets = report::Facets::project(&coding, house.country, crate::house::today());
        let text = String::from_utf8(facets.to_bytes()).unwrap();
        let (statement, signature) = institutions_statement(&house, &filed, LEAD, |body| {
            (body.act, body.facets) = (Act::Code, Some(vault::hash::sha256(text.as_bytes())));
        });
        let (uploads, parts, grants) = (BTreeMap::new(), Vec::new(), Vec::new());
        let envelope = Envelope { statement, signature, facets: Some(text), uploads, parts, grants };
        hold_facets(&house, &facets, (envelope, Some(&filed.known()))).err()
    };
    let rest = r#""event":{"area":"BA-BIH-01-BIHAC"}"#;
    let more = r#""accused":[{"institution":"BA-BP"},{"kind":"P-HRPOL"}]"#;
    assert_eq!(code(&format!(r"{{{more},{rest}}}")), None, "another accused and a finer place are a correction");
    assert_eq!(code(&format!("{{{rest}}}")), Some(Refusal::FacetsAccused));
    assert_eq!(code(&format!(r#"{{"accused":[{{"kind":"P-HRPOL"}}],{rest}}}"#)), Some(Refusal::FacetsAccused));
    for consent in
        [r#""consent":[]"#, r#""consent":[{"purpose":"C-OVER","recipient_kind":"K-OVER","parts":["account"]}]"#]
    {
        assert_eq!(code(&format!("{{{more},{consent},{rest}}}")), Some(Refusal::FacetsConsent), "{consent}");
    }
    assert_eq!(code(&format!(r#"{{{more},"statistics":false,{rest}}}"#)), Some(Refusal::FacetsConsent));
}

#[test]
fn whoever_was_accused_once_gets_no_grant_by_facets_that_leave_that_out() {
    let mut house = House::build();
    let filed = house.report();
    let innocent = testimony::Document::read(br#"{"event":{"area":"BA-BIH-01"}}"#).unwrap().coding;
    let innocent = report::Facets::project(&innocent, house.country, crate::house::today());
    let mut known = filed.known();
    known.facets.push(innocent.clone());
    let (statement, signature) = institutions_statement(&house, &filed, ACCUSED, |body| body.act = Act::Verify);
    let (uploads, parts, grants) = (BTreeMap::new(), Vec::new(), Vec::new());
    let envelope = Envelope { statement, signature, facets: None, uploads, parts, grants };
    assert_eq!(hold_facets(&house, &innocent, (envelope, Some(&known))).err(), Some(Refusal::GrantClosure));
}
