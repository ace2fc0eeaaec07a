//! The public side of an institution's keys, and the wraps that carry its secrets to its members
//! (docs/formats.md, "Member's key file").

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rand::{CryptoRng, RngCore};
use report::{Day, InstitutionCode};
use routing::{Bond, Sharing};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use signed::{BadSignature, PublicKey, Signature};
use zeroize::Zeroizing;

use crate::directory::Former;
use crate::fault::SealFault;
use crate::hybrid::{Recipient, Seed};
use crate::sealed::{Sealed, seal_bytes};
use crate::shape::{KEY_LINE, Shape};
use crate::strict::{Token, Version1};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads the queue, opens, codes, refers, replies.
    Officer,
    /// An officer who also manages the institution's members.
    Manager,
    /// Sees protected tables, no report.
    Analyst,
    /// Sees the log, no report.
    Auditor,
}

impl Role {
    /// Whether it opens reports, and so needs the institution's keys. Whoever does not is given none.
    pub const fn reads(self) -> bool {
        matches!(self, Self::Officer | Self::Manager)
    }
}

/// One member's public half.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolledMember {
    /// The member's handle; not a person's name.
    pub member: Token,
    /// What the member may do.
    pub role: Role,
    /// What the wrap is sealed to.
    pub recipient: Recipient,
    /// What sign-ins are verified with.
    pub signing: PublicKey,
    /// The institution's secrets, sealed to this member; none for a role that opens no report.
    #[serde(
        default,
        serialize_with = "write_wrap",
        deserialize_with = "read_wrap",
        skip_serializing_if = "Option::is_none"
    )]
    pub wrap: Option<Sealed>,
    /// Where mail goes, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
}

/// The public file by which an institution joins: one per institution and epoch.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Always 1.
    pub version: Version1,
    /// Whose.
    pub institution: InstitutionCode,
    /// Counts the institution's keys, from 1.
    pub epoch: u32,
    /// What grants to it are sealed to.
    pub recipient: Recipient,
    /// What its statements are verified with.
    pub signing: PublicKey,
    /// Its members.
    pub members: Vec<EnrolledMember>,
    /// The keys it had before, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerKeys>,
}

/// Keys an institution had before: what its earlier statements are verified with, and for its members what opens earlier grants.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerKeys {
    /// What statements were signed with.
    pub signing: PublicKey,
    /// Its last day.
    pub until: Day,
    /// The former identity, sealed to the one after it.
    #[serde(serialize_with = "write_sealed", deserialize_with = "read_sealed")]
    pub identity: Sealed,
}

impl Enrolment {
    /// The former keys as a directory lists them.
    pub fn former(&self) -> Vec<Former> {
        self.former.iter().map(|keys| Former { signing: keys.signing, until: keys.until }).collect()
    }

    /// Whether exactly those members hold a wrap whose role opens reports.
    pub fn wraps_are_due(&self) -> bool {
        self.members.iter().all(|member| member.role.reads() == member.wrap.is_some())
    }
}

/// Who is on the system by these enrolments, and what they hold in common: whoever shares a key, a member or a mailbox with somebody who
/// is accused is shut out with them.
pub fn sharing<'a>(enrolments: impl IntoIterator<Item = &'a Enrolment>) -> Sharing {
    let mut sharing = Sharing::default();
    for enrolment in enrolments {
        let mut hold = |bond, mark| sharing.hold(enrolment.institution.clone(), bond, mark);
        hold(Bond::Key, enrolment.recipient.to_string());
        hold(Bond::Key, hex::encode(enrolment.signing.as_bytes()));
        for member in &enrolment.members {
            hold(Bond::Member, member.recipient.to_string());
            hold(Bond::Member, hex::encode(member.signing.as_bytes()));
            if let Some(mailbox) = &member.mailbox {
                hold(Bond::Mailbox, mailbox.to_lowercase());
            }
        }
        sharing.enrol(enrolment.institution.clone());
    }
    sharing
}

/// What a wrap carries, borrowed only for sealing it. Has no text form.
pub struct WrapContents<'a> {
    /// The institution.
    pub institution: &'a InstitutionCode,
    /// The member it is for.
    pub member: &'a Token,
    /// The institution's epoch.
    pub epoch: u32,
    /// The institution's identity.
    pub identity: &'a Seed,
    /// The institution's signing seed.
    pub signing: &'a [u8; 32],
}

#[derive(Serialize)]
struct WrapLine<'a> {
    version: Version1,
    institution: &'a InstitutionCode,
    member: &'a Token,
    epoch: u32,
    identity: &'a str,
    signing: &'a str,
}

/// Seals an institution's secrets to one of its members.
///
/// # Errors
/// [`SealFault`].
pub fn seal_wrap(
    contents: &WrapContents<'_>,
    to: &Recipient,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Sealed, SealFault> {
    let identity = contents.identity.write();
    let signing = Zeroizing::new(hex::encode(contents.signing));
    let WrapContents { institution, member, epoch, .. } = *contents;
    let line = WrapLine { version: Version1, institution, member, epoch, identity: &identity, signing: &signing };
    seal_key_line(&line, to, rng)
}

#[derive(Serialize)]
struct FormerLine<'a> {
    version: Version1,
    institution: &'a InstitutionCode,
    epoch: u32,
    identity: &'a str,
}

/// Seals an institution's identity of an epoch to the one after it, so that whoever holds the newest opens what was granted before.
/// The seed that signed goes with nobody.
///
/// # Errors
/// [`SealFault`].
pub fn seal_former(
    (institution, epoch): (&InstitutionCode, u32),
    identity: &Seed,
    to: &Recipient,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Sealed, SealFault> {
    let identity = identity.write();
    let line = FormerLine { version: Version1, institution, epoch, identity: &identity };
    seal_key_line(&line, to, rng)
}

/// Seals one JSON line padded to the size of keys.
pub(crate) fn seal_key_line(
    line: &impl Serialize,
    to: &Recipient,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Sealed, SealFault> {
    let size = usize::try_from(KEY_LINE).map_err(|_| SealFault::TooLarge)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(size));
    serde_json::to_writer(&mut *plain, line).map_err(|_| SealFault::Cipher)?;
    plain.push(b'\n');
    if plain.len() > size {
        return Err(SealFault::TooLarge);
    }
    plain.resize(size, 0);
    seal_bytes(to, rng, &plain)
}

/// Whether this member's key answered this challenge of this deployment.
///
/// # Errors
/// [`BadSignature`].
pub fn verify_sign_in(
    member: &PublicKey,
    (deployment, challenge): (&str, &[u8]),
    signature: &Signature,
) -> Result<(), BadSignature> {
    member.verify(&sign_in_message(deployment, challenge), signature)
}

/// The bytes a member signs to sign in.
pub fn sign_in_message(deployment: &str, challenge: &[u8]) -> Vec<u8> {
    format!("putokaz/1 sign-in\n{deployment}\n{}", hex::encode(challenge)).into_bytes()
}

#[expect(clippy::ref_option, reason = "serde hands the field over as it is")]
fn write_wrap<S: Serializer>(wrap: &Option<Sealed>, serializer: S) -> Result<S::Ok, S::Error> {
    wrap.as_ref().map(|wrap| BASE64_STANDARD.encode(wrap.as_bytes())).serialize(serializer)
}

fn read_wrap<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Sealed>, D::Error> {
    read_sealed(deserializer).map(Some)
}

fn write_sealed<S: Serializer>(sealed: &Sealed, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64_STANDARD.encode(sealed.as_bytes()))
}

fn read_sealed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sealed, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    let bytes = BASE64_STANDARD.decode(text.as_bytes()).map_err(|_| serde::de::Error::custom("not base64"))?;
    Sealed::check(bytes, Shape::Key).map_err(serde::de::Error::custom)
}
