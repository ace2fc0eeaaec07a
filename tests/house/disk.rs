//! A disk that can be filled.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::House;

/// A small disk over a folder, until dropped.
pub(crate) struct Disk(PathBuf);

impl Disk {
    /// Mounts it; none where that is not allowed.
    pub(crate) fn over(folder: &Path, mebibytes: u32) -> Option<Self> {
        let size = format!("size={mebibytes}m");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(folder).stderr(Stdio::null()).status();
        mount.is_ok_and(|status| status.success()).then(|| Self(folder.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

impl House {
    /// Writes until the disk takes no more.
    pub fn fill(&self) {
        let mut filler = std::fs::File::create(self.file("filler")).unwrap();
        for size in [1 << 16, 1] {
            while filler.write_all(&vec![1; size]).is_ok() {}
        }
    }

    /// Writes until the disk takes only so many MiB more.
    pub fn leave_room(&self, mebibytes: u64) {
        self.fill();
        let filler = std::fs::File::options().write(true).open(self.file("filler")).unwrap();
        filler.set_len(filler.metadata().unwrap().len() - mebibytes * 1024 * 1024).unwrap();
    }

    /// Takes that away again.
    pub fn make_room(&self) {
        std::fs::remove_file(self.file("filler")).unwrap();
    }
}
