//! Reads and writes the user's state: never half, never lost.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::state::{AppState, VERSION};
use super::status_bar::Notices;

/// How long changes are gathered before they are written.
const DELAY: Duration = Duration::from_millis(800);

/// Where the state is kept: the platform's folder for an application's data.
pub fn state_file() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "crowsfoot")?;
    Some(folders.data_dir().join("state.json"))
}

/// The size the window was left with, in points.
pub fn window_size(file: &Path) -> Option<[f32; 2]> {
    let (width, height) = read(file).ok()?.window?;
    let sane = |side: f32| side.is_finite() && (200.0..=20_000.0).contains(&side);
    (sane(width) && sane(height)).then_some([width, height])
}

/// Writes the state when it has changed, a moment later, and at the end.
pub struct Saver {
    file: Option<PathBuf>,
    written: AppState,
    changed_at: Option<Instant>,
}

impl Saver {
    /// Reads the state. A file that cannot be read is kept under another name and said so.
    pub fn open(file: Option<PathBuf>, notices: &mut Notices) -> (Self, AppState) {
        let mut keep_off = false;
        let state = match &file {
            None => AppState::default(),
            Some(path) => match read(path) {
                Ok(state) => state,
                Err(problem) => {
                    keep_off = problem.keep_off;
                    notices.error(problem.message);
                    AppState::default()
                }
            },
        };
        let saver = Self {
            file: file.filter(|_| !keep_off),
            written: state.clone(),
            changed_at: None,
        };
        (saver, state)
    }

    /// Notes a change; the file follows when things have calmed down.
    pub fn changed(&mut self) {
        self.changed_at.get_or_insert_with(Instant::now);
    }

    pub fn save_if_due(&mut self, state: &AppState, notices: &mut Notices) {
        if self.changed_at.is_some_and(|at| at.elapsed() >= DELAY) {
            self.save(state, notices);
        }
    }

    /// How long until the next write, for the window to wake up.
    pub fn due_in(&self) -> Option<Duration> {
        self.changed_at.map(|at| DELAY.saturating_sub(at.elapsed()))
    }

    pub fn save(&mut self, state: &AppState, notices: &mut Notices) {
        self.changed_at = None;
        let Some(path) = self.file.as_ref().filter(|_| *state != self.written) else {
            return;
        };
        match write(path, state) {
            Ok(()) => self.written = state.clone(),
            Err(err) => notices.error(format!(
                "Your arrangement could not be saved to {}: {err}",
                path.display()
            )),
        }
    }
}

struct ReadProblem {
    message: String,
    /// The file must not be written over.
    keep_off: bool,
}

fn read(path: &Path) -> Result<AppState, ReadProblem> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(AppState::default()),
        Err(err) => {
            return Err(ReadProblem {
                message: format!(
                    "{} cannot be read, so nothing is saved to it: {err}",
                    path.display()
                ),
                keep_off: true,
            });
        }
    };
    match serde_json::from_str::<AppState>(&text) {
        Ok(state) if state.version <= VERSION => Ok(state),
        Ok(_) => Err(ReadProblem {
            message: format!(
                "{} was written by a newer version: it is left alone, and nothing is saved in this session",
                path.display()
            ),
            keep_off: true,
        }),
        Err(err) => {
            let aside = path.with_extension("unreadable.json");
            let kept = std::fs::rename(path, &aside).is_ok();
            Err(ReadProblem {
                message: format!(
                    "The saved state could not be read ({err}){}",
                    if kept {
                        format!(": it is kept as {}", aside.display())
                    } else {
                        String::new()
                    }
                ),
                keep_off: !kept,
            })
        }
    }
}

/// Writes beside the file and then takes its place, so that a crash leaves the old or the new.
fn write(path: &Path, state: &AppState) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec_pretty(state)?)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|err| err.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn what_is_saved_is_there_at_the_next_start() {
        let folder = folder();
        let file = folder.path().join("deep/state.json");
        let mut notices = Notices::default();
        let (mut saver, mut state) = Saver::open(Some(file.clone()), &mut notices);
        state.scale = 12_345;
        saver.save(&state, &mut notices);
        let (_, again) = Saver::open(Some(file), &mut notices);
        assert_eq!(again, state);
        assert!(notices.newest().is_none());
    }

    #[test]
    fn a_torn_file_is_kept_aside_and_the_program_starts() {
        let folder = folder();
        let file = folder.path().join("state.json");
        std::fs::write(&file, "{\"scale\": 12").expect("written");
        let mut notices = Notices::default();
        let (_, state) = Saver::open(Some(file.clone()), &mut notices);
        assert_eq!(state, AppState::default());
        let aside = folder.path().join("state.unreadable.json");
        assert_eq!(
            std::fs::read_to_string(aside).expect("kept"),
            "{\"scale\": 12"
        );
        assert!(notices.newest().is_some());
    }

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let folder = folder();
        let file = folder.path().join("state.json");
        std::fs::write(&file, "{\"version\": 999}").expect("written");
        let mut notices = Notices::default();
        let (mut saver, mut state) = Saver::open(Some(file.clone()), &mut notices);
        state.scale = 7;
        saver.save(&state, &mut notices);
        assert_eq!(
            std::fs::read_to_string(file).expect("there"),
            "{\"version\": 999}"
        );
    }
}
