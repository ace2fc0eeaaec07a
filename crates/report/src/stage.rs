//! The life of a case. The drawing is docs/states.md; a test compares the two.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identifiers::{ShapeFault, as_text};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Stage {
    /// Kept; no person has acted yet.
    Filed,
    /// A person has read it and said so.
    Acknowledged,
    /// Being looked at: coded, verified, asked about.
    InTriage,
    /// An institution was asked to act.
    Referred,
    /// An institution that was asked has answered.
    Answered,
    /// Closed, with an outcome. Can be reopened.
    Closed,
    /// Taken back by the reporter; destroyed after seven days unless undone.
    Withdrawn,
    /// Grants, keys and bytes are gone.
    Shredded,
}

/// What moves a case from one stage to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A member has read it.
    Acknowledge,
    /// A member codes, verifies or asks.
    Work,
    /// A member asks an institution to act.
    Refer,
    /// An institution that was asked answers.
    Answer,
    /// A member closes the case with an outcome.
    Close,
    /// A member opens a closed case again.
    Reopen,
    /// The reporter takes the report back.
    Withdraw,
    /// The reporter takes the withdrawal back within seven days: the case stands again where it was withdrawn from.
    Undo(Stage),
    /// Destruction, seven days after withdrawal or at the end of keeping.
    Shred,
}

/// A step that does not exist from this stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchStep {
    /// Where the case stands.
    pub stage: Stage,
    /// What was tried.
    pub step: Step,
}

impl fmt::Display for NoSuchStep {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "no step {} from {}", self.step.as_str(), self.stage)
    }
}

impl std::error::Error for NoSuchStep {}

impl Stage {
    /// Every stage, in the order of a life.
    pub const ALL: [Self; 8] = [
        Self::Filed,
        Self::Acknowledged,
        Self::InTriage,
        Self::Referred,
        Self::Answered,
        Self::Closed,
        Self::Withdrawn,
        Self::Shredded,
    ];

    /// The stage's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Acknowledged => "acknowledged",
            Self::InTriage => "in-triage",
            Self::Referred => "referred",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Shredded => "shredded",
        }
    }

    /// Takes one step. The old stage is used up.
    ///
    /// # Errors
    /// When this step does not exist from this stage.
    pub const fn take(self, step: Step) -> Result<Self, NoSuchStep> {
        match (self, step) {
            (Self::Filed, Step::Acknowledge) => Ok(Self::Acknowledged),
            (Self::Filed | Self::Acknowledged | Self::InTriage, Step::Work) | (Self::Closed, Step::Reopen) => {
                Ok(Self::InTriage)
            }
            (Self::Referred | Self::Answered, Step::Work) => Ok(self),
            (Self::Filed | Self::Acknowledged | Self::InTriage | Self::Referred | Self::Answered, Step::Refer) => {
                Ok(Self::Referred)
            }
            (Self::Referred | Self::Answered, Step::Answer) => Ok(Self::Answered),
            (Self::Acknowledged | Self::InTriage | Self::Referred | Self::Answered, Step::Close) => Ok(Self::Closed),
            (Self::Withdrawn, Step::Undo(from)) if !matches!(from, Self::Withdrawn | Self::Shredded) => Ok(from),
            (Self::Withdrawn | Self::Closed, Step::Shred) => Ok(Self::Shredded),
            (Self::Withdrawn | Self::Shredded, _) => Err(NoSuchStep { stage: self, step }),
            (_, Step::Withdraw) => Ok(Self::Withdrawn),
            _ => Err(NoSuchStep { stage: self, step }),
        }
    }

    /// Whether members may work on the case.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Filed | Self::Acknowledged | Self::InTriage | Self::Referred | Self::Answered)
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 14] = [
        Self::Acknowledge,
        Self::Work,
        Self::Refer,
        Self::Answer,
        Self::Close,
        Self::Reopen,
        Self::Withdraw,
        Self::Undo(Stage::Filed),
        Self::Undo(Stage::Acknowledged),
        Self::Undo(Stage::InTriage),
        Self::Undo(Stage::Referred),
        Self::Undo(Stage::Answered),
        Self::Undo(Stage::Closed),
        Self::Shred,
    ];

    /// The step's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Work => "work",
            Self::Refer => "refer",
            Self::Answer => "answer",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
            Self::Undo(_) => "undo",
            Self::Shred => "shred",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Stage {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text).ok_or(ShapeFault("a stage"))
    }
}

as_text!(Stage, "^(filed|acknowledged|in-triage|referred|answered|closed|withdrawn|shredded)$");
