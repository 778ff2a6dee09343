//! Windows over the window: where to save, the shortcuts, the problems.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Grid, Id, Modal, RichText, ScrollArea};

use super::{App, Command};
use crate::diagram::svg::{Palette, to_svg};
use crate::engine::{ExportFormat, ResultStore, export};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, semibold, tokens, widgets};

/// What is to be written once the user has said where.
#[derive(Clone)]
enum Content {
    Result(Arc<ResultStore>, ExportFormat),
    Text(String),
}

/// Saving that is under way, on a thread of its own.
#[derive(Default)]
pub struct Dialogs {
    saving: Vec<Receiver<Saved>>,
}

enum Saved {
    Done(String),
    Failed(String),
}

impl Dialogs {
    /// What has been said since the last frame.
    fn poll(&mut self) -> Vec<Saved> {
        let mut news = Vec::new();
        self.saving.retain(|receiver| match receiver.try_recv() {
            Ok(saved) => {
                news.push(saved);
                false
            }
            Err(err) => err == std::sync::mpsc::TryRecvError::Empty,
        });
        news
    }
}

impl App {
    pub(super) fn overlays_ui(&mut self, ctx: &Context) {
        for saved in self.dialogs.poll() {
            match saved {
                Saved::Done(text) => self.notices.say(text),
                Saved::Failed(text) => self.notices.error(text),
            }
        }
        self.palette_ui(ctx);
        self.generate_dialog(ctx);
        self.help_dialog(ctx);
        self.problems_dialog(ctx);
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

    /// Asks where, and writes there, both without holding the window up.
    fn save(&mut self, ctx: &Context, name: String, content: Content) {
        let (sender, receiver) = channel();
        self.dialogs.saving.push(receiver);
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
                sender.send(write(&path, &content)).ok();
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

    fn help_dialog(&mut self, ctx: &Context) {
        if !self.help_open {
            return;
        }
        let modal = Modal::new(Id::unique("help")).show(ctx, |ui| {
            let t = tokens(ui);
            ui.set_width(430.0);
            ui.label(RichText::new("Keyboard shortcuts").font(semibold(16.0)));
            ui.add_space(6.0);
            ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
                Grid::new("shortcuts").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
                    for command in Command::ALL {
                        let Some(shortcut) = command.shortcut() else { continue };
                        ui.label(command.label());
                        let keys = ui.ctx().format_shortcut(&shortcut);
                        ui.label(RichText::new(keys).monospace().size(12.0).color(t.text_secondary));
                        ui.end_row();
                    }
                });
            });
            ui.add_space(8.0);
            widgets::faint(
                ui,
                "In the diagram: drag to move, wheel to zoom, double click to come near. In the grid: arrows, Shift to extend, Ctrl+C to copy.",
            );
            ui.add_space(6.0);
            ui.button("Close").clicked()
        });
        if modal.inner || modal.should_close() {
            self.help_open = false;
        }
    }

    fn problems_dialog(&mut self, ctx: &Context) {
        if !self.problems_open {
            return;
        }
        let text: Vec<String> = self
            .catalog
            .problems
            .iter()
            .map(ToString::to_string)
            .collect();
        let modal = Modal::new(Id::unique("problems")).show(ctx, |ui| {
            ui.set_width(640.0);
            ui.label(RichText::new("Problems in the packs").font(semibold(16.0)));
            widgets::secondary(
                ui,
                "What could be read is loaded; these parts were left out",
            );
            ui.add_space(6.0);
            ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for line in &text {
                    ui.label(RichText::new(line).size(12.5));
                }
            });
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if widgets::text_button(ui, Sign::Copy, "Copy all", true).clicked() {
                    ui.ctx().copy_text(text.join("\n"));
                }
                ui.button("Close").clicked()
            })
            .inner
        });
        if modal.inner || modal.should_close() {
            self.problems_open = false;
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
