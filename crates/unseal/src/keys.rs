//! Keys of members and institutions (docs/formats.md, "Member's key file").

use rand::{CryptoRng, RngCore};
use report::{Day, InstitutionCode, Sha256};
use serde::{Deserialize, Serialize};
use signed::{PublicKey, SecretKey, Signature};
use vault::{
    EnrolledMember, Enrolment, FormerKeys, Recipient, Role, SealFault, Sealed, Shape, Token, Version1, WrapContents,
    seal_former, seal_wrap, sign_in_message,
};
use zeroize::Zeroizing;

use crate::fault::Fault;
use crate::identity::Identity;
use crate::opening::key_line;

/// An Ed25519 seed and nothing that could print it.
struct SigningSeed(Zeroizing<[u8; 32]>);

impl SigningSeed {
    fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self(seed)
    }

    fn read(text: &str) -> Option<Self> {
        let mut seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, seed.as_mut()).ok()?;
        Some(Self(seed))
    }

    fn key(&self) -> SecretKey {
        SecretKey::of_seed(&self.0)
    }
}

/// What a member has in a file: who they are, and their own keys.
pub struct MemberKey {
    institution: InstitutionCode,
    member: Token,
    role: Role,
    identity: Identity,
    signing: SigningSeed,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    version: Version1,
    institution: InstitutionCode,
    member: Token,
    role: Role,
    identity: &'a str,
    signing: &'a str,
}

impl MemberKey {
    /// New keys for a member.
    pub fn generate(
        institution: InstitutionCode,
        member: Token,
        role: Role,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Self {
        Self { institution, member, role, identity: Identity::generate(rng), signing: SigningSeed::generate(rng) }
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// [`Fault::KeyFile`], which repeats nothing of it.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let file: File<'_> = serde_json::from_str(text).map_err(|_| Fault::KeyFile)?;
        let identity = Identity::read(file.identity).map_err(|_| Fault::KeyFile)?;
        let signing = SigningSeed::read(file.signing).ok_or(Fault::KeyFile)?;
        Ok(Self { institution: file.institution, member: file.member, role: file.role, identity, signing })
    }

    /// The key file, to be written with mode 0600.
    ///
    /// # Errors
    /// [`Fault::KeyFile`] never happens with keys that exist.
    pub fn write(&self) -> Result<Zeroizing<String>, Fault> {
        let (identity, signing) = (self.identity.write(), Zeroizing::new(hex::encode(*self.signing.0)));
        let file = File {
            version: Version1,
            institution: self.institution.clone(),
            member: self.member.clone(),
            role: self.role,
            identity: &identity,
            signing: &signing,
        };
        serde_json::to_string(&file).map(Zeroizing::new).map_err(|_| Fault::KeyFile)
    }

    /// The member's institution.
    pub fn institution(&self) -> &InstitutionCode {
        &self.institution
    }

    /// The member's handle.
    pub fn member(&self) -> &Token {
        &self.member
    }

    /// The member's role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What wraps are sealed to.
    pub fn recipient(&self) -> Recipient {
        self.identity.recipient()
    }

    /// What sign-ins are verified with.
    pub fn signing(&self) -> PublicKey {
        self.signing.key().public()
    }

    /// Answers a sign-in challenge of a deployment.
    pub fn sign_in(&self, deployment: &str, challenge: &[u8]) -> Signature {
        self.signing.key().sign(&sign_in_message(deployment, challenge))
    }

    /// The public half, as an enrolment lists it before the institution's keys are sealed to it.
    pub fn enrolled(&self, mailbox: Option<String>) -> EnrolledMember {
        let (member, role) = (self.member.clone(), self.role);
        EnrolledMember { member, role, recipient: self.recipient(), signing: self.signing(), wrap: None, mailbox }
    }

    /// Opens the institution's keys, sealed to this member.
    ///
    /// # Errors
    /// [`Fault::Key`] when it is for somebody else, [`Fault::Context`] when it names another member or institution.
    pub fn open_wrap(&self, wrap: &[u8]) -> Result<InstitutionKeys, Fault> {
        let sealed = Sealed::check(wrap.to_vec(), Shape::Key).map_err(|_| Fault::Shape)?;
        let plain = self.identity.open(sealed.as_bytes())?;
        let line: WrapLine<'_> = serde_json::from_slice(key_line(&plain)?).map_err(|_| Fault::Inside)?;
        if line.institution != self.institution || line.member != self.member {
            return Err(Fault::Context);
        }
        let identity = Identity::read(line.identity).map_err(|_| Fault::Inside)?;
        let signing = SigningSeed::read(line.signing).ok_or(Fault::Inside)?;
        Ok(InstitutionKeys { institution: line.institution, epoch: line.epoch, identity, signing, former: Vec::new() })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrapLine<'a> {
    #[serde(rename = "version")]
    _version: Version1,
    institution: InstitutionCode,
    member: Token,
    epoch: u32,
    identity: &'a str,
    signing: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerLine<'a> {
    #[serde(rename = "version")]
    _version: Version1,
    institution: InstitutionCode,
    epoch: u32,
    identity: &'a str,
}

/// The keys of an institution: what grants are sealed to, and what its statements are signed with.
pub struct InstitutionKeys {
    institution: InstitutionCode,
    epoch: u32,
    identity: Identity,
    signing: SigningSeed,
    /// Of earlier epochs, the latest first: they open what was granted then, and sign nothing.
    former: Vec<Identity>,
}

impl InstitutionKeys {
    /// New keys of an institution, for this epoch.
    pub fn generate(institution: InstitutionCode, epoch: u32, rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let (identity, signing) = (Identity::generate(rng), SigningSeed::generate(rng));
        Self { institution, epoch, identity, signing, former: Vec::new() }
    }

    /// The keys of the next epoch, and what remains of these beside it: their identity, sealed to the next one.
    ///
    /// # Errors
    /// [`SealFault`].
    pub fn succeed(&self, until: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<(Self, FormerKeys), SealFault> {
        let next = Self::generate(self.institution.clone(), self.epoch + 1, rng);
        let whose = (&self.institution, self.epoch);
        let identity = seal_former(whose, self.identity.seed(), &next.identity.recipient(), rng)?;
        Ok((next, FormerKeys { signing: self.signing().public(), until, identity }))
    }

    /// Opens the identities of earlier epochs, the latest first, each with the one after it.
    ///
    /// # Errors
    /// [`Fault::Key`] when one is for somebody else, [`Fault::Context`] when it is of another institution or epoch.
    pub fn recall<'a>(mut self, former: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, Fault> {
        for (sealed, epoch) in former.into_iter().zip((1..self.epoch).rev()) {
            let sealed = Sealed::check(sealed.to_vec(), Shape::Key).map_err(|_| Fault::Shape)?;
            let plain = self.former.last().unwrap_or(&self.identity).open(sealed.as_bytes())?;
            let line: FormerLine<'_> = serde_json::from_slice(key_line(&plain)?).map_err(|_| Fault::Inside)?;
            if line.institution != self.institution || line.epoch != epoch {
                return Err(Fault::Context);
            }
            self.former.push(Identity::read(line.identity).map_err(|_| Fault::Inside)?);
        }
        Ok(self)
    }

    /// Whose.
    pub fn institution(&self) -> &InstitutionCode {
        &self.institution
    }

    /// Of which epoch.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// What opens grants.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What opens a grant that was sealed to the key of this fingerprint: a former identity, where it is one's.
    pub fn identity_for(&self, key: Sha256) -> &Identity {
        self.former.iter().find(|former| former.recipient().fingerprint() == key).unwrap_or(&self.identity)
    }

    /// What signs statements.
    pub fn signing(&self) -> SecretKey {
        self.signing.key()
    }

    /// Seals these keys to a member.
    ///
    /// # Errors
    /// [`SealFault`].
    pub fn wrap(
        &self,
        member: &Token,
        to: &Recipient,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Sealed, SealFault> {
        let contents = WrapContents {
            institution: &self.institution,
            member,
            epoch: self.epoch,
            identity: self.identity.seed(),
            signing: &self.signing.0,
        };
        seal_wrap(&contents, to, rng)
    }

    /// The public file by which the institution joins with these members: whose role opens reports is given these keys, nobody else.
    ///
    /// # Errors
    /// [`SealFault`].
    pub fn enrol(
        &self,
        mut members: Vec<EnrolledMember>,
        former: Vec<FormerKeys>,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Enrolment, SealFault> {
        for one in &mut members {
            one.wrap = one.role.reads().then(|| self.wrap(&one.member, &one.recipient, rng)).transpose()?;
        }
        Ok(Enrolment {
            version: Version1,
            institution: self.institution.clone(),
            epoch: self.epoch,
            recipient: self.identity.recipient(),
            signing: self.signing().public(),
            members,
            former,
        })
    }
}
