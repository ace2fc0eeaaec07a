//! Sizes, hostile headers, other suites, streams.

use std::io::{Cursor, Write};
use std::iter;

use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use report::{PartKind, PartName, ReportId};
use unseal::{Belonging, Fault, PartKey, open_evidence, open_grant, open_part};
use vault::{
    Context, Granted, Grantee, HEADER, NotOurs, SealFault, Sealed, Shape, Terms, When, measure, seal_evidence,
    seal_grant, seal_part, sealed_size,
};

use crate::house::{purpose, secret};

fn context() -> Context {
    let receipt = unseal::Identity::generate(&mut StdRng::seed_from_u64(5)).recipient();
    Context { report: ReportId::new([9; 16]), signer: secret(1).public(), receipt }
}

fn place(context: &Context) -> Belonging {
    Belonging { report: context.report, signer: context.signer, receipt: context.receipt.clone() }
}

/// A part's key leaves it only inside a grant, so that is how the tests get it too.
fn key_of(identity: &vault::PartIdentity, part: PartName) -> PartKey {
    let mut rng = StdRng::seed_from_u64(10);
    let (report, reader) = (ReportId::new([9; 16]), unseal::Identity::generate(&mut rng));
    let terms = Terms { purpose: purpose("C-KEEP"), when: When::Now };
    let granted = Granted { report, part, identity };
    let grant = seal_grant(&granted, Grantee::Receipt(&reader.recipient()), terms, &mut rng).unwrap();
    open_grant(&reader, grant.sealed.as_bytes(), &grant.line, report).unwrap()
}

fn evidence() -> PartName {
    PartName::numbered(PartKind::Evidence, 1).unwrap()
}

#[test]
fn a_hostile_header_costs_nothing_because_only_the_fixed_size_is_looked_at() {
    let mut hostile = b"age-encryption.org/v1\n-> mlkem768x25519 ".to_vec();
    hostile.extend(iter::repeat_n(b'A', 64 * 1024));
    let size = usize::try_from(sealed_size(64 * 1024)).unwrap();
    hostile.resize(size, b'A');
    // 10,000 of them in well under the 100 s that 10 ms each would allow; a quadratic reader needs an hour.
    for _ in 0..10_000 {
        assert!(vault::check_header(&hostile[..HEADER]).is_err());
    }
    assert_eq!(Sealed::check(hostile, Shape::Text).err(), Some(NotOurs::Header));
}

#[test]
fn age_files_of_other_suites_or_with_more_stanzas_are_not_ours() {
    let classical = age::x25519::Identity::generate().to_public();
    let wrap = |recipients: &[&dyn age::Recipient], plain: usize| {
        let encryptor = age::Encryptor::with_recipients(recipients.iter().copied()).unwrap();
        let mut bytes = Vec::new();
        let mut stream = encryptor.wrap_output(&mut bytes).unwrap();
        stream.write_all(&vec![0; plain]).unwrap();
        stream.finish().unwrap();
        bytes
    };
    let mut file = wrap(&[&classical], 16 * 1024);
    assert_eq!(Sealed::check(file.clone(), Shape::Text).err(), Some(NotOurs::Size));
    file.resize(usize::try_from(sealed_size(16 * 1024)).unwrap(), 0);
    assert_eq!(Sealed::check(file, Shape::Text).err(), Some(NotOurs::Suite));
}

#[test]
fn an_extra_stanza_armour_or_a_cut_is_not_our_shape() {
    let mut rng = StdRng::seed_from_u64(6);
    let sealed = seal_part(&context(), PartName::ACCOUNT, b"words", &mut rng).unwrap().sealed.into_bytes();
    let extra = [&sealed[..22], b"-> x-grease a\nAAAA\n", &sealed[22..]].concat();
    assert_eq!(Sealed::check(extra, Shape::Text).err(), Some(NotOurs::Size));
    for end in [0, 100, HEADER, sealed.len() - 1] {
        assert_eq!(Sealed::check(sealed[..end].to_vec(), Shape::Text).err(), Some(NotOurs::Size));
    }
    let mut armoured = b"-----BEGIN AGE ENCRYPTED FILE-----\n".to_vec();
    armoured.resize(sealed.len(), b'A');
    assert_eq!(Sealed::check(armoured, Shape::Text).err(), Some(NotOurs::Header));
    assert!(Sealed::check(sealed.clone(), Shape::Text).is_ok());
    assert_eq!(Sealed::check(sealed, Shape::Key).err(), Some(NotOurs::Size));
}

#[test]
fn changing_any_byte_of_the_header_is_noticed() {
    let mut rng = StdRng::seed_from_u64(7);
    let context = context();
    let part = seal_part(&context, PartName::ACCOUNT, b"words", &mut rng).unwrap();
    let key = key_of(&part.identity, part.line.part);
    for at in (0..HEADER + 16).step_by(41) {
        let mut bytes = part.sealed.as_bytes().to_vec();
        bytes[at] ^= 1;
        let line = vault::PartLine { sha256: vault::hash::sha256(&bytes), ..part.line.clone() };
        assert!(open_part(&key, &bytes, &line, &place(&context)).is_err());
    }
}

#[test]
fn text_too_long_for_the_largest_bucket_is_refused_while_sealing() {
    let mut rng = StdRng::seed_from_u64(8);
    let long = vec![b'a'; 256 * 1024];
    assert_eq!(seal_part(&context(), PartName::ACCOUNT, &long, &mut rng).err(), Some(SealFault::TooLarge));
}

#[test]
fn a_file_goes_through_as_a_stream_and_comes_back() {
    let mut rng = StdRng::seed_from_u64(9);
    let context = context();
    for length in [0, 1, 65_536, 1_000_003] {
        let file: Vec<u8> = (0..length).map(|at: u32| at.to_le_bytes()[0]).collect();
        let mut sealed = Vec::new();
        let streams = (&mut Cursor::new(&file), &mut sealed);
        let (line, identity) = seal_evidence(&context, evidence(), streams, &mut rng).unwrap();
        let measured = measure(&sealed[..], Shape::Evidence).unwrap();
        assert_eq!((measured.sha256, measured.size), (line.sha256, line.size));
        let key = key_of(&identity, evidence());
        let mut out = Vec::new();
        open_evidence(&key, (&mut Cursor::new(&sealed), &mut out), &line, &place(&context)).unwrap();
        assert!(out == file);
        let opened = open_part(&key, &sealed, &line, &place(&context)).unwrap();
        assert!(*opened.content == file);
        sealed[60_000] ^= 1;
        let changed = open_evidence(&key, (&mut Cursor::new(&sealed), &mut Vec::new()), &line, &place(&context));
        assert_eq!(changed.err(), Some(Fault::Bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_content_comes_back_and_its_size_says_only_the_bucket(
        content in proptest::collection::vec(any::<u8>(), 0..70_000),
        seed in any::<u64>(),
    ) {
        let mut rng = StdRng::seed_from_u64(seed);
        let context = context();
        let part = seal_part(&context, PartName::CODING, &content, &mut rng).unwrap();
        prop_assert!([16, 64, 256].iter().any(|bucket| part.line.size == sealed_size(bucket * 1024)));
        let key = key_of(&part.identity, part.line.part);
        let opened = open_part(&key, part.sealed.as_bytes(), &part.line, &place(&context)).unwrap();
        prop_assert_eq!(&*opened.content, &content);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let _ = vault::Envelope::read(&bytes);
        let _ = vault::Envelope::read(&[b"putokaz1", &[0, 0, 0, 100][..], &bytes].concat());
        let _ = vault::Frame::read(&bytes);
        let _ = vault::check_header(&bytes);
        let _ = vault::Statement::read(&text);
        let _ = vault::ReceiptDigits::parse(&text);
        let _ = unseal::MemberKey::read(&text);
    }
}
