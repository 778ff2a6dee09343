//! Writing results and diagrams to files, without holding the window up.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

use super::App;
use crate::diagram::svg::{Palette, to_svg};
use crate::engine::{ExportFormat, ResultStore, export};
use crate::ui_kit::format;

/// What is to be written once the user has said where.
#[derive(Clone)]
enum Content {
    Result(Arc<ResultStore>, ExportFormat),
    Text(String),
}

/// Saving that is under way, on a thread of its own.
#[derive(Default)]
pub struct Saves {
    saving: Vec<Receiver<Saved>>,
}

enum Saved {
    Done(String),
    Failed(String),
}

impl Saves {
    pub(super) fn is_busy(&self) -> bool {
        !self.saving.is_empty()
    }

    /// What has been said since the last frame.
    fn poll(&mut self) -> Vec<Saved> {
        let mut news = Vec::new();
        self.saving.retain(|receiver| match receiver.try_recv() {
            Ok(saved) => {
                news.push(saved);
                false
            }
            Err(err) => err == TryRecvError::Empty,
        });
        news
    }
}

impl App {
    /// Tells how saving went since the last frame.
    pub(super) fn poll_saves(&mut self) {
        for saved in self.saves.poll() {
            match saved {
                Saved::Done(text) => self.notices.say(text),
                Saved::Failed(text) => self.notices.error(text),
            }
        }
    }

    pub(super) fn save_result(&mut self, ctx: &Context, format: ExportFormat) {
        let Some(run) = &self.query.shown else {
            self.notices
                .say("There is no result to save yet: run a query first");
            return;
        };
        let name = if run.key.is_empty() {
            "result"
        } else {
            &run.key
        };
        let file = format!("{name}.{}", format.extension());
        let content = Content::Result(Arc::clone(&run.store), format);
        self.save(ctx, file, content);
    }

    pub(super) fn save_svg(&mut self, ctx: &Context) {
        let (Some(pack), Some(scene)) = (self.pack(), &self.explore.scene) else {
            self.notices.say("There is no diagram to save yet");
            return;
        };
        let palette = if ctx.global_style().visuals.dark_mode {
            Palette::dark()
        } else {
            Palette::light()
        };
        let text = to_svg(scene, &pack.title, &palette);
        self.save(ctx, format!("{}.svg", pack.id), Content::Text(text));
    }

    fn save(&mut self, ctx: &Context, name: String, content: Content) {
        self.save_by(ctx, name, move |path| write(path, &content));
    }

    /// Asks where, and lets `write` write there; `what` is said when it is done.
    pub(super) fn save_with(
        &mut self,
        ctx: &Context,
        name: String,
        what: &'static str,
        write: impl FnOnce(&Path) -> Result<(), String> + Send + 'static,
    ) {
        self.save_by(ctx, name, move |path| match write(path) {
            Ok(()) => Saved::Done(format!("{what} saved to {}", path.display())),
            Err(message) => Saved::Failed(message),
        });
    }

    /// Asks where, and writes there, both without holding the window up.
    fn save_by(
        &mut self,
        ctx: &Context,
        name: String,
        write: impl FnOnce(&Path) -> Saved + Send + 'static,
    ) {
        let (sender, receiver) = channel();
        self.saves.saving.push(receiver);
        let fixed = self.save_to.clone();
        // The dialog is made here because macOS wants it on the main thread.
        let dialog = fixed
            .is_none()
            .then(|| rfd::AsyncFileDialog::new().set_file_name(&name).save_file());
        let ctx = ctx.clone();
        let work = move || {
            let path = match (fixed, dialog) {
                (Some(path), _) => Some(path),
                (None, Some(dialog)) => {
                    pollster::block_on(dialog).map(|handle| handle.path().to_owned())
                }
                (None, None) => None,
            };
            if let Some(path) = path {
                sender.send(write(&path)).ok();
                ctx.request_repaint();
            }
        };
        if std::thread::Builder::new()
            .name("save".to_owned())
            .spawn(work)
            .is_err()
        {
            self.notices
                .error("The file could not be written: no thread could be started");
        }
    }
}

/// Writes beside the file and then takes its place: a full disk leaves no half file.
fn write(path: &Path, content: &Content) -> Saved {
    let folder: PathBuf = path
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_owned);
    let outcome = tempfile::NamedTempFile::new_in(&folder)
        .map_err(|e| e.to_string())
        .and_then(|file| {
            let what = match content {
                Content::Result(store, format) => {
                    let out: BufWriter<&File> = BufWriter::new(file.as_file());
                    let rows = export(store, *format, out).map_err(|e| e.to_string())?;
                    format::counted(rows as u64, "row")
                }
                Content::Text(text) => {
                    std::fs::write(file.path(), text).map_err(|e| e.to_string())?;
                    "The diagram".to_owned()
                }
            };
            file.persist(path).map_err(|e| e.error.to_string())?;
            Ok(what)
        });
    match outcome {
        Ok(what) => Saved::Done(format!("{what} saved to {}", path.display())),
        Err(err) => Saved::Failed(format!("{} could not be written: {err}", path.display())),
    }
}
