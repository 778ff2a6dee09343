//! Runs kept on disk, to be laid beside later ones.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::LabReport;

/// A run that was kept, and its file.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptRun {
    pub path: PathBuf,
    pub report: LabReport,
}

/// Keeps a complete run: a file that is either whole or not there.
pub fn keep(folder: &Path, report: &LabReport) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!(
        "{}-{}-{}-{}.json",
        report.lab, report.started_secs, report.rows, report.seed
    ));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut file, report)?;
    file.flush()?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|err| err.error)?;
    Ok(path)
}

/// The runs of a lab, newest first. What cannot be read is passed over, and left where it is.
pub fn runs_of(folder: &Path, lab: &str) -> Vec<KeptRun> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let prefix = format!("{lab}-");
    let mut runs: Vec<KeptRun> = entries
        .filter(|e| e.file_name().to_string_lossy().starts_with(&prefix))
        .filter_map(|e| {
            let path = e.path();
            let report: LabReport = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
            (report.lab == lab).then_some(KeptRun { path, report })
        })
        .collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.report.started_secs));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(lab: &str, started_secs: u64) -> LabReport {
        LabReport {
            lab: lab.to_owned(),
            started_secs,
            is_complete: true,
            ..LabReport::default()
        }
    }

    #[test]
    fn runs_come_back_newest_first_and_only_those_of_the_lab() {
        let folder = tempfile::tempdir().unwrap();
        for report in [run("a", 10), run("a", 30), run("a", 20), run("ab", 40)] {
            keep(folder.path(), &report).unwrap();
        }
        let times: Vec<u64> = runs_of(folder.path(), "a")
            .iter()
            .map(|r| r.report.started_secs)
            .collect();
        assert_eq!(times, [30, 20, 10]);
    }

    #[test]
    fn a_torn_file_is_passed_over_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = keep(folder.path(), &run("a", 10)).unwrap();
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(folder.path().join("a-5-1-1.json"), &whole[..20]).unwrap();
        assert_eq!(runs_of(folder.path(), "a").len(), 1);
        assert!(folder.path().join("a-5-1-1.json").exists());
        assert!(runs_of(&folder.path().join("nowhere"), "a").is_empty());
    }
}
