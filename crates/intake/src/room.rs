//! The room on the disk. Files must not take the place of words, and a flood at the anonymous door not that of organisations: whatever
//! comes in leaves a share of the reserve to those who are turned away later than it.

use web::Problem;

use crate::Intake;

/// Who is turned away as the disk fills, the first above.
#[derive(Clone, Copy)]
pub(crate) enum Coming {
    /// A file that comes without an organisation's link.
    Upload,
    /// A file that comes with one.
    ExpectedUpload,
    /// A report, or what is added to one.
    Report,
    /// A report that came through a link: as long as there is any room.
    ExpectedReport,
}

impl Coming {
    /// A file, with a link that holds or without.
    pub(crate) fn upload(is_expected: bool) -> Self {
        if is_expected { Self::ExpectedUpload } else { Self::Upload }
    }

    /// Quarters of the reserve that it leaves.
    fn quarters(self) -> u64 {
        match self {
            Self::Upload => 4,
            Self::ExpectedUpload => 2,
            Self::Report => 1,
            Self::ExpectedReport => 0,
        }
    }
}

/// Lets so many bytes come in where they leave their share of the reserve.
///
/// # Errors
/// [`store::Error::Full`], which a device answers by waiting and trying again.
pub(crate) fn check(intake: &Intake, coming: Coming, bytes: u64) -> Result<(), Problem> {
    let left = intake.reserve_bytes() / 4 * coming.quarters();
    if left > 0 && intake.store().room()? < left.saturating_add(bytes) {
        return Err(store::Error::Full.into());
    }
    Ok(())
}
