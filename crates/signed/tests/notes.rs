//! What a note and a board must hold.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails loudly")]

use proptest::prelude::*;
use signed::{Board, BoardFault, Note, NoteFault, SecretKey, SigningKey, VerifierKey};

fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::new(name, SecretKey::of_seed(&[seed; 32])).unwrap()
}

fn board_of_three() -> (Board, [SigningKey; 3]) {
    let keys = [key("board-1", 1), key("board-2", 2), key("board-3", 3)];
    let board = Board::new(2, keys.iter().map(|key| key.verifier().clone()).collect()).unwrap();
    (board, keys)
}

fn note() -> Note {
    Note::new("putokaz/1 directory\n{}\n".to_owned()).unwrap()
}

#[test]
fn a_note_has_the_bytes_other_tools_expect() {
    let written = note().sign(&key("example.org/directory", 7)).write();
    assert!(written.starts_with("putokaz/1 directory\n{}\n\n\u{2014} example.org/directory "));
    assert!(written.ends_with('\n'));
}

#[test]
fn a_verifier_key_has_the_form_of_the_specification() {
    let text = key("example.org/directory", 7).verifier().to_string();
    let read: VerifierKey = text.parse().unwrap();
    assert_eq!(read.to_string(), text);
    assert!(text.split('+').nth(1).is_some_and(|hash| hash.len() == 8));
    assert!(text.replace("directory", "directorz").parse::<VerifierKey>().is_err(), "the hash binds the name");
}

#[test]
fn a_private_key_line_reads_back() {
    let one = key("server", 9);
    let again = SigningKey::read(&one.write()).unwrap();
    assert_eq!(again.verifier(), one.verifier());
    assert!(SigningKey::read("PRIVATE+KEY+server+00000000+AQ==").is_err());
}

#[test]
fn two_of_three_are_enough_and_one_is_not() {
    let (board, [first, second, _]) = board_of_three();
    assert_eq!(board.verify(&note().sign(&first)), Err(NoteFault::TooFew));
    assert!(board.verify(&note().sign(&first).sign(&second)).is_ok());
}

#[test]
fn one_holder_signing_twice_counts_once() {
    let (board, [first, ..]) = board_of_three();
    assert_eq!(board.verify(&note().sign(&first).sign(&first)), Err(NoteFault::TooFew));
}

#[test]
fn a_wrong_signature_of_a_known_key_spoils_the_note() {
    let (board, [first, second, third]) = board_of_three();
    let other = Note::new("another text\n".to_owned()).unwrap().sign(&third).write();
    let forged = note().sign(&first).sign(&second).write() + other.lines().last().unwrap() + "\n";
    assert_eq!(board.verify(&Note::read(&forged).unwrap()), Err(NoteFault::Forged));
}

#[test]
fn a_signature_by_an_unknown_key_is_ignored() {
    let (board, [first, second, _]) = board_of_three();
    let written = note().sign(&first).sign(&key("stranger", 8)).sign(&second).write();
    assert!(board.verify(&Note::read(&written).unwrap()).is_ok());
}

#[test]
fn a_changed_text_does_not_verify() {
    let signer = key("server", 4);
    let written = note().sign(&signer).write().replace("{}", "[]");
    assert_eq!(Note::read(&written).unwrap().verify(signer.verifier()), Err(NoteFault::Forged));
}

#[test]
fn shapes_that_are_no_notes_are_refused() {
    for text in [
        "",
        "text\n",
        "text\n\n",
        "text\n\n\u{2014} name\n",
        "text\n\n\u{2014} name !!!!\n",
        "a\u{1}b\n\n\u{2014} n AAAAAAA=\n",
    ] {
        assert!(Note::read(text).is_err());
    }
    assert_eq!(Note::new("no line feed".to_owned()), Err(NoteFault::Malformed));
}

#[test]
fn a_board_file_names_the_line_of_its_fault() {
    let (board, _) = board_of_three();
    assert_eq!(Board::read(&board.write()).unwrap(), board);
    let twice = board.write() + board.write().lines().nth(1).unwrap() + "\n";
    assert_eq!(Board::read(&twice), Err(BoardFault::Twice(5)));
    assert_eq!(Board::read("threshold 2\nnonsense\n"), Err(BoardFault::BadKey(2)));
    assert_eq!(Board::read(&board.write().replace("threshold 2", "threshold 4")), Err(BoardFault::OutOfReach));
    assert_eq!(Board::read(&board.write().replace("threshold 2", "threshold 0")), Err(BoardFault::OutOfReach));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_note_reads_back_and_verifies(text in "[ -~äж\u{633}]{0,80}(\n[ -~]{0,40}){0,5}\n") {
        let signer = key("server", 5);
        let note = Note::new(text.clone()).unwrap().sign(&signer);
        let read = Note::read(&note.write()).unwrap();
        prop_assert_eq!(read.verify(signer.verifier()).unwrap(), text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}(\n\n\u{2014} \\PC{0,60}\n)?") {
        let _ = Note::read(&text);
        let _ = text.parse::<VerifierKey>();
        let _ = Board::read(&text);
    }
}
