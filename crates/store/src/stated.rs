//! A statement that was checked, with all that travelled with it.

use bytes::Bytes;
use report::{Country, FacetFault, Facets, InstitutionCode, ReportId, Sha256};
use vault::{Act, Body, Checked, GrantLine, PartLine, Place, Statement, When};

use crate::rows::KEEP;
use crate::uploads::UploadId;

/// What a reporter or an institution stated, checked without opening.
#[derive(Clone)]
pub struct Stated {
    pub(crate) statement: Statement,
    pub(crate) hash: Sha256,
    pub(crate) signature: [u8; 64],
    pub(crate) facets: Option<Exact>,
    pub(crate) parts: Vec<Part>,
    pub(crate) grants: Vec<Granted>,
    pub(crate) member: Option<String>,
}

/// Facets and the exact bytes the signer fixed.
#[derive(Clone)]
pub(crate) struct Exact {
    pub(crate) facets: Facets,
    pub(crate) bytes: Vec<u8>,
}

/// A part as it came.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) line: PartLine,
    pub(crate) carried: Carried,
}

/// Where the bytes of a part are.
#[derive(Clone)]
pub(crate) enum Carried {
    /// With the statement.
    Here(Bytes),
    /// Uploaded before.
    Upload(UploadId),
    /// In a blob of this name.
    Blob(String),
}

impl Carried {
    fn of(place: &Place) -> Self {
        match place {
            Place::Inside(sealed) => Self::Here(Bytes::copy_from_slice(sealed.as_bytes())),
            // A name that is no upload's is found missing when the upload is looked for.
            Place::Uploaded(token) => Self::Upload(token.as_str().parse().unwrap_or(UploadId::NONE)),
        }
    }
}

/// A grant as it came. Without bytes it is withheld: wrong only under a directory newer than the one it was made with.
#[derive(Clone)]
pub(crate) struct Granted {
    pub(crate) line: GrantLine,
    pub(crate) sealed: Option<Bytes>,
}

impl Stated {
    /// Takes what `vault` checked.
    ///
    /// # Errors
    /// When the facets it sets are none of this country's.
    pub fn of(checked: &Checked, country: &Country) -> Result<Self, FacetFault> {
        let exact = |text: &str| {
            let facets = Facets::admit(text.as_bytes(), country)?;
            Ok(Exact { facets, bytes: text.as_bytes().to_vec() })
        };
        let parts =
            checked.parts().iter().map(|part| Part { line: part.line.clone(), carried: Carried::of(&part.place) });
        let kept = checked.grants().iter().map(|(line, sealed)| Granted {
            line: line.clone(),
            sealed: Some(Bytes::copy_from_slice(sealed.as_bytes())),
        });
        let withheld = checked.withheld().iter().map(|line| Granted { line: line.clone(), sealed: None });
        Ok(Self {
            hash: checked.statement().sha256(),
            statement: checked.statement().clone(),
            signature: *checked.signature().as_bytes(),
            facets: checked.facets().map(exact).transpose()?,
            parts: parts.collect(),
            grants: kept.chain(withheld).collect(),
            member: None,
        })
    }

    /// Which member of the institution was signed in when it came.
    #[must_use]
    pub fn by(mut self, member: &str) -> Self {
        self.member = Some(member.to_owned());
        self
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        self.statement.body()
    }

    /// About which report.
    pub fn report(&self) -> ReportId {
        self.body().report
    }

    /// What is done.
    pub fn act(&self) -> Act {
        self.body().act
    }

    /// The hash of its bytes.
    pub fn hash(&self) -> Sha256 {
        self.hash
    }

    /// The facets it sets.
    pub fn facets(&self) -> Option<&Facets> {
        self.facets.as_ref().map(|exact| &exact.facets)
    }

    /// Whom it was sealed to that may no longer receive it, in the order it says.
    pub fn withheld(&self) -> impl Iterator<Item = String> {
        self.grants.iter().filter(|grant| grant.sealed.is_none()).map(|grant| grant.line.to.to_string())
    }

    /// Who answers for the report by those of its grants that still hold: who reads now for keeping and answering, and who takes over.
    pub fn posts(&self) -> (Option<InstitutionCode>, Option<InstitutionCode>) {
        let post = |when: When| {
            let held = self.grants.iter().filter(|grant| grant.sealed.is_some() && grant.line.when == when);
            let mut keeping = held.filter(|grant| grant.line.purpose.as_str() == KEEP);
            keeping.find_map(|grant| grant.line.to.institution().cloned())
        };
        (post(When::Now), post(When::IfSilent))
    }

    /// How many bytes wait in memory with it.
    pub(crate) fn weight(&self) -> usize {
        let parts = self.parts.iter().map(|part| match &part.carried {
            Carried::Here(sealed) => sealed.len(),
            Carried::Upload(_) | Carried::Blob(_) => 0,
        });
        let grants = self.grants.iter().filter_map(|grant| grant.sealed.as_ref().map(Bytes::len));
        parts.chain(grants).sum::<usize>() + self.statement.as_str().len()
    }

    /// A coded particular of the act.
    pub(crate) fn detail(&self, key: &str) -> Option<&str> {
        self.body().detail.iter().find(|(known, _)| known.as_str() == key).map(|(_, value)| value.as_str())
    }
}
