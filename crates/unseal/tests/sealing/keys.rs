//! Keys of members and institutions, directories and acknowledgements.

use rand::SeedableRng;
use rand::rngs::StdRng;
use signed::{Board, SigningKey};
use unseal::{Fault, Identity, InstitutionKeys, MemberKey};
use vault::{Acknowledgement, Directory, DirectoryFault, Enrolment, Role, Token, Trust, verify_sign_in};

use crate::house::{House, LEAD, UNKNOWN_SIGNER, body, code, today};

fn member(name: &str, rng: &mut StdRng) -> MemberKey {
    MemberKey::generate(code(LEAD), Token::try_from(name).unwrap(), Role::Officer, rng)
}

#[test]
fn a_key_file_reads_back_and_answers_for_its_member() {
    let mut rng = StdRng::seed_from_u64(1);
    let key = member("officer-1", &mut rng);
    let again = MemberKey::read(&key.write().unwrap()).unwrap();
    assert_eq!(again.recipient(), key.recipient());
    let signature = again.sign_in("test", &[1, 2, 3]);
    assert!(verify_sign_in(&key.signing(), ("test", &[1, 2, 3]), &signature).is_ok());
    assert!(verify_sign_in(&key.signing(), ("other", &[1, 2, 3]), &signature).is_err());
    assert_eq!(MemberKey::read("{}").err(), Some(Fault::KeyFile));
}

#[test]
fn a_wrap_gives_the_institutions_keys_to_its_member_and_to_nobody_else() {
    let mut rng = StdRng::seed_from_u64(2);
    let (one, other) = (member("officer-1", &mut rng), member("officer-2", &mut rng));
    let keys = InstitutionKeys::generate(code(LEAD), 3, &mut rng);
    let enrolment = keys
        .enrol(vec![one.enrolled(Some("desk@example.org".to_owned())), other.enrolled(None)], Vec::new(), &mut rng)
        .unwrap();
    let enrolment: Enrolment = serde_json::from_str(&serde_json::to_string(&enrolment).unwrap()).unwrap();
    let wrap = enrolment.members[0].wrap.as_ref().unwrap().as_bytes();
    let opened = one.open_wrap(wrap).unwrap();
    assert_eq!((opened.epoch(), opened.identity().recipient()), (3, enrolment.recipient));
    assert_eq!(opened.signing().public(), enrolment.signing);
    assert_eq!(other.open_wrap(wrap).err(), Some(Fault::Key));
    let misplaced = keys.wrap(other.member(), &one.recipient(), &mut rng).unwrap();
    assert_eq!(one.open_wrap(misplaced.as_bytes()).err(), Some(Fault::Context));
}

#[test]
fn the_newest_keys_open_every_earlier_identity_in_their_order_and_in_no_other() {
    let mut rng = StdRng::seed_from_u64(5);
    let first = InstitutionKeys::generate(code(LEAD), 1, &mut rng);
    let (second, of_first) = first.succeed(today(), &mut rng).unwrap();
    let (third, of_second) = second.succeed(today(), &mut rng).unwrap();
    let recipients = [&third, &second, &first].map(|keys| keys.identity().recipient());
    let someone = InstitutionKeys::generate(code(LEAD), 3, &mut rng).succeed(today(), &mut rng).unwrap().1;
    assert_eq!(
        first.succeed(today(), &mut rng).unwrap().0.recall([of_first.identity.as_bytes()]).err(),
        Some(Fault::Key)
    );
    let (one, two) = (of_first.identity.as_bytes(), of_second.identity.as_bytes());
    let again = || {
        let member = member("officer-1", &mut StdRng::seed_from_u64(6));
        let wrap = third.wrap(member.member(), &member.recipient(), &mut StdRng::seed_from_u64(7)).unwrap();
        member.open_wrap(wrap.as_bytes()).unwrap()
    };
    assert_eq!(again().recall([one, two]).err(), Some(Fault::Key));
    assert_eq!(again().recall([someone.identity.as_bytes()]).err(), Some(Fault::Key));
    let all = again().recall([two, one]).unwrap();
    for recipient in recipients {
        assert_eq!(all.identity_for(recipient.fingerprint()).recipient(), recipient);
    }
}

#[test]
fn identity_lines_are_upper_case_and_nothing_else_reads() {
    let identity = Identity::generate(&mut StdRng::seed_from_u64(3));
    let line = identity.write();
    assert!(line.starts_with("AGE-SECRET-KEY-PQ-1"));
    assert!(Identity::read(&line).is_ok() && Identity::read(&line.to_lowercase()).is_err());
    let recipient = identity.recipient().to_string();
    assert!(recipient.starts_with("age1pq1") && recipient.len() == 1959);
    assert!(recipient.to_uppercase().parse::<vault::Recipient>().is_err());
    assert!("age1pq1qqqq".parse::<vault::Recipient>().is_err());
}

#[test]
fn a_directory_is_believed_only_from_its_board_and_while_fresh() {
    let mut house = House::build();
    let mut real = body(1, &house.keys, &mut house.rng);
    real.training = false;
    let keys = ["a", "b", "c"].map(|name| SigningKey::generate(name, &mut house.rng).unwrap());
    let board = Board::new(2, keys.iter().map(|key| key.verifier().clone()).collect()).unwrap();
    let note = real.write().unwrap().sign(&keys[0]);
    let too_few = Directory::verify(&note.write(), Trust::Board(&board), today());
    assert!(matches!(too_few, Err(DirectoryFault::Note(_))));
    let note = note.sign(&keys[2]).write();
    let verify = |trust, day| Directory::verify(&note, trust, day).err();
    assert_eq!(verify(Trust::Board(&board), today()), None);
    assert_eq!(verify(Trust::Board(&board), today().plus(30)), None);
    assert_eq!(verify(Trust::Board(&board), today().plus(31)), Some(DirectoryFault::Stale));
    assert_eq!(verify(Trust::Board(&board), today().plus(-2)), Some(DirectoryFault::Stale));
    assert_eq!(verify(Trust::TrainingOnly, today()), Some(DirectoryFault::Unpinned));
    assert!(Directory::read(&note, Trust::Board(&board)).is_ok(), "an old one is still looked up");
}

#[test]
fn a_directory_valid_for_longer_than_thirty_days_is_stale_from_the_start() {
    let mut house = House::build();
    let mut long = body(1, &house.keys, &mut house.rng);
    long.expires = today().plus(31);
    let note = long.write().unwrap().write() + UNKNOWN_SIGNER;
    assert_eq!(Directory::verify(&note, Trust::TrainingOnly, today()).err(), Some(DirectoryFault::Stale));
}

#[test]
fn an_acknowledgement_is_the_servers_and_says_four_things() {
    let mut rng = StdRng::seed_from_u64(4);
    let key = SigningKey::generate("server", &mut rng).unwrap();
    let said = Acknowledgement {
        report: report::ReportId::new([1; 16]),
        statement: report::Sha256::new([2; 32]),
        day: today(),
        ledger: 41,
    };
    let note = said.write(&key).unwrap();
    assert_eq!(Acknowledgement::verify(&note, key.verifier()).unwrap(), said);
    let other = SigningKey::generate("server", &mut rng).unwrap();
    assert!(Acknowledgement::verify(&note, other.verifier()).is_err());
    assert!(Acknowledgement::verify(&note.replace("ledger 41", "ledger 42"), key.verifier()).is_err());
}
