//! With real keys: nothing a device seals opens under any key of an institution that is shut out.

use house_tests::{Database, House, Parcel};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use report::InstitutionCode;
use serde_json::{Value, json};
use unseal::{Identity, InstitutionKeys, MemberKey};

use crate::road::a_report;

/// How many made-up histories are tried.
const HISTORIES: usize = 200;

const KINDS: [&str; 12] = [
    "P-BP",
    "P-SFA",
    "P-SIPA",
    "P-CANTPOL",
    "P-SRPPOL",
    "P-BDPOL",
    "P-UNIFORM",
    "P-MASKED",
    "P-CSW",
    "P-JUD",
    "P-AID",
    "P-HRPOL",
];
const AREAS: [&str; 6] = ["BA-BIH-01-BIHAC", "BA-BIH-09", "BA-SRP-BN", "BA-BRC-00", "outside", "UNKNOWN"];

/// The keys of everybody on the system, out of the wraps their members hold.
pub fn keys_of_all(house: &House) -> Vec<(InstitutionCode, InstitutionKeys)> {
    let folder = house.file("enrolments");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter_map(|file| keys_of(house, &std::fs::read_to_string(file).unwrap())).collect()
}

/// None where no member's role opens reports: then nobody holds the institution's keys.
fn keys_of(house: &House, enrolment: &str) -> Option<(InstitutionCode, InstitutionKeys)> {
    let enrolment: vault::Enrolment = serde_json::from_str(enrolment).unwrap();
    let (member, wrap) = enrolment.members.iter().find_map(|member| Some((member, member.wrap.as_ref()?)))?;
    let file = house.key(&format!("{}.{}", enrolment.institution, member.member));
    let key = MemberKey::read(&std::fs::read_to_string(file).unwrap()).map_err(|fault| fault.to_string()).unwrap();
    let keys = key.open_wrap(wrap.as_bytes()).map_err(|fault| fault.to_string()).unwrap();
    Some((enrolment.institution, keys))
}

fn some_report(rng: &mut StdRng) -> Value {
    let mut report = a_report();
    let accused = (0..rng.gen_range(1..3)).map(|_| json!({ "kind": KINDS[rng.gen_range(0..KINDS.len())] }));
    report["accused"] = accused.collect();
    report["event"]["area"] = AREAS[rng.gen_range(0..AREAS.len())].into();
    report
}

fn opens(identity: &Identity, sealed: &[u8]) -> bool {
    let file = age::Decryptor::new_buffered(sealed).unwrap();
    file.decrypt(std::iter::once(identity as &dyn age::Identity)).is_ok()
}

/// Blobs of a parcel that one of these keys opens.
fn opened<'a>(parcel: &Parcel, keys: impl Iterator<Item = &'a InstitutionKeys>) -> usize {
    let parts = parcel.envelope.parts.iter().map(|(_, sealed)| sealed);
    let blobs: Vec<_> = parts.chain(&parcel.envelope.grants).collect();
    keys.map(|keys| blobs.iter().filter(|blob| opens(keys.identity(), blob.as_bytes())).count()).sum()
}

#[test]
fn of_two_hundred_histories_no_blob_opens_for_anybody_who_is_shut_out() {
    let house = House::open(Database::Sqlite);
    let (device, all) = (house.device(), keys_of_all(&house));
    let mut rng = StdRng::seed_from_u64(7);
    let (mut shut_out, mut let_in) = (0, 0);
    for _ in 0..HISTORIES {
        let parcel = device.seal(&some_report(&mut rng), &mut rng);
        let facets = device.facets(&parcel);
        let closure = device.directory().closure(&facets);
        let (shut, free): (Vec<_>, Vec<_>) = all.iter().partition(|(code, _)| closure.contains(code));
        shut_out += shut.len();
        assert_eq!(
            opened(&parcel, shut.iter().map(|(_, keys)| keys)),
            0,
            "{:?} in {:?}",
            facets.accused(),
            facets.area()
        );
        let_in += opened(&parcel, free.iter().map(|(_, keys)| keys));
    }
    assert!(shut_out > HISTORIES / 4, "institutions on the system were shut out in many histories: {shut_out}");
    assert!(let_in > HISTORIES, "positive control: those who may read open their grants: {let_in}");
}
