//! What this machine has, and how to get what it lacks.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The first of `names` that stands on the search path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// Runs a command to its end, its output shown, and turns a failure into one line.
pub fn run<S: AsRef<OsStr>>(what: &str, program: &str, arguments: &[S]) -> Outcome {
    run_in(&root(), what, program, arguments, &[])
}

/// A command that does not know which package this program is: cargo tells its children, and a cargo that hears it from another builds
/// what asks for it (`ring`), and all above that, once more.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let is_own = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start));
        if is_own {
            command.env_remove(name);
        }
    }
    command
}

/// As [`run`], without a headline of its own: the program's output is the answer.
pub fn run_quietly<S: AsRef<OsStr>>(what: &str, program: &str, arguments: &[S]) -> Outcome {
    let status = command(program).args(arguments).current_dir(root()).stdin(Stdio::null()).status();
    let status = status.map_err(|cause| format!("{what}: {program} could not be started ({cause})"))?;
    if status.success() { Ok(()) } else { Err(format!("{what}: failed ({status})")) }
}

/// As [`run`], in a folder of its own and with further variables set.
pub fn run_in<S: AsRef<OsStr>>(
    folder: &Path,
    what: &str,
    program: &str,
    arguments: &[S],
    variables: &[(&str, String)],
) -> Outcome {
    eprintln!("== {what}");
    let mut command = command(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (name, value) in variables {
        command.env(name, value);
    }
    let status = command.status().map_err(|cause| format!("{what}: {program} could not be started ({cause})"))?;
    if status.success() { Ok(()) } else { Err(format!("{what}: failed ({status})")) }
}

/// Builds the pages that programs carry, where that was not done yet.
pub fn build_pages() -> Outcome {
    let web = root().join("web");
    if web.join("dist/manifest.json").is_file() {
        return Ok(());
    }
    need(&["npm"], "npm")?;
    run_in(&web, "fetching the pages' packages", "npm", &["ci", "--no-audit", "--no-fund", "--silent"], &[])?;
    run_in(&web, "building the pages", "npm", &["run", "--silent", "build"], &[])
}

/// What a command prints, without showing it; `None` where it fails.
pub fn output<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether this process may install packages: it is root and the machine is a Debian one.
pub fn may_install() -> bool {
    is_root() && find(&["apt-get"]).is_some()
}

/// Whether this process runs as root (PostgreSQL and Chromium's sandbox refuse that).
pub fn is_root() -> bool {
    output("id", &["-u"]).as_deref() == Some("0")
}

/// Makes sure that one of `names` is there, from the Debian package where it is missing and may be installed.
pub fn need(names: &[&str], package: &str) -> Result<PathBuf, String> {
    if let Some(found) = find(names) {
        return Ok(found);
    }
    install(package)?;
    find(names)
        .ok_or_else(|| format!("{package} was installed, yet none of {} is on the search path", names.join(", ")))
}

/// Installs a Debian package.
pub fn install(package: &str) -> Outcome {
    if !may_install() {
        return Err(format!("{package} is missing and may not be installed here: install it, then run this again"));
    }
    let quiet = [("DEBIAN_FRONTEND", "noninteractive".to_owned())];
    run_in(&root(), "refreshing the package lists", "apt-get", &["update", "-qq"], &quiet)?;
    let words = ["install", "-y", "-qq", "--no-install-recommends", package];
    run_in(&root(), &format!("installing {package}"), "apt-get", &words, &quiet)
}
