//! The time from the start of the process to the first frame, beside that of an empty window.
//!
//! `cargo bench --bench first_frame`, on a machine with a screen (Xvfb will do). The limit is
//! three times the empty window. Each is started several times, by turns.

use std::process::{Command, ExitCode};
use std::time::Instant;

use crowsfoot::app::{App, AppOptions};
use egui::{Ui, ViewportCommand};

const RUNS: usize = 7;
const LIMIT: f64 = 3.0;

/// Closes itself with its first frame.
struct Once<T> {
    inner: T,
    draw: fn(&mut T, &mut Ui),
    frames: u32,
}

impl<T> eframe::App for Once<T> {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        (self.draw)(&mut self.inner, ui);
        self.frames += 1;
        // The first frame has been handed over when the second begins.
        if self.frames == 2 {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
        ui.ctx().request_repaint();
    }
}

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("empty") => show(|_| (), |(), _| {}),
        Some("app") => show(
            |ctx| App::new(ctx, &AppOptions::default()),
            |app, ui| app.frame_ui(ui),
        ),
        _ => return compare(),
    }
    ExitCode::SUCCESS
}

fn show<T: 'static>(make: fn(&egui::Context) -> T, draw: fn(&mut T, &mut Ui)) {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    let outcome = eframe::run_native(
        "first frame",
        options,
        Box::new(move |cc| {
            Ok(Box::new(Once {
                inner: make(&cc.egui_ctx),
                draw,
                frames: 0,
            }))
        }),
    );
    if let Err(err) = outcome {
        println!("no window: {err}");
        std::process::exit(2);
    }
    // Leaving at once: what is still being made for the window is not measured.
    std::process::exit(0);
}

fn compare() -> ExitCode {
    let Ok(program) = std::env::current_exe() else {
        return ExitCode::FAILURE;
    };
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (index, kind) in ["empty", "app"].iter().enumerate() {
            let started = Instant::now();
            let is_shown = Command::new(&program)
                .arg(kind)
                .status()
                .is_ok_and(|s| s.success());
            if !is_shown {
                println!("no window could be opened: a screen with OpenGL is needed");
                return ExitCode::FAILURE;
            }
            times[index].push(started.elapsed().as_secs_f64() * 1e3);
        }
    }
    let [empty, app] = times.map(|mut t| {
        t.sort_by(f64::total_cmp);
        t[t.len() / 2]
    });
    println!(
        "two frames from process start, median of {RUNS}: empty window {empty:.0} ms, crowsfoot {app:.0} ms, ratio {:.2} (limit {LIMIT})",
        app / empty
    );
    if app / empty <= LIMIT {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
