//! Design drills on a thread of their own: the window asks, the thread answers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::diff::{DesignDifference, difference, nearest};
use super::grade::{DesignVerdict, grade_design, read_design};
use super::ground::DesignGround;
use super::matching::Mapping;
use super::proof::MOST_TABLES;
use crate::catalog::{Drill, Pack, Synonyms};
use crate::datagen::Lists;
use crate::diagram::{self, LayoutRequest, Scene};
use crate::engine::{EngineError, Interrupter};
use crate::model::Schema;
use crate::model::findings::{Finding, findings};
use crate::practice::worker::Wake;

const DRAWING: &str = "Drawing";

/// What a design drill is opened with.
#[derive(Clone)]
pub struct OpenDesign {
    pub pack: Arc<Pack>,
    pub drill: Arc<Drill>,
    pub lists: Arc<Lists>,
    pub synonyms: Arc<Synonyms>,
}

/// A wish. The newest of each kind wins.
pub enum DesignJob {
    /// Makes the reference data; takes back all before it.
    Open(OpenDesign),
    /// Reads a text and draws it; tables stay where they stand unless all are to be arranged anew.
    Draw { text: String, is_anew: bool },
    /// Grades a text, under a follow-up where one is named.
    Check {
        text: String,
        follow_up: Option<String>,
    },
    /// Lays an accepted design beside a text: that of the place, or the nearest.
    Compare {
        text: String,
        accepted: Option<usize>,
    },
}

/// An answer, with the id of its drill.
#[derive(Clone, Debug)]
pub enum DesignEvent {
    Ready {
        drill: String,
    },
    Failed {
        drill: String,
        error: EngineError,
    },
    Drawn {
        drill: String,
        drawing: Arc<Drawing>,
    },
    Checked {
        drill: String,
        /// What was graded.
        text: String,
        verdict: Box<DesignVerdict>,
    },
    Compared {
        drill: String,
        compared: Arc<Compared>,
    },
}

/// An accepted design beside a candidate's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// The candidate's text.
    pub text: String,
    /// The place of the accepted design in the drill.
    pub accepted: usize,
    pub difference: DesignDifference,
    /// The accepted design, drawn.
    pub scene: Scene,
}

/// A design as it stands in the editor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// What was read.
    pub text: String,
    pub schema: Schema,
    /// Empty where there are too many tables to be drawn while somebody types.
    pub scene: Scene,
    /// What could not be read: line, from 1, and a sentence.
    pub problems: Vec<(usize, String)>,
    pub findings: Vec<Finding>,
}

#[derive(Default)]
struct Slots {
    open: Option<OpenDesign>,
    draw: Option<(String, bool)>,
    check: Option<(String, Option<String>)>,
    compare: Option<(String, Option<usize>)>,
    quit: bool,
}

#[derive(Default)]
struct Shared {
    slots: Mutex<Slots>,
    changed: Condvar,
    running: Mutex<Running>,
    /// Whether a drawing that is being made is still wanted.
    is_stale: AtomicBool,
}

#[derive(Default)]
struct Running {
    /// What the thread does: `Checking`.
    label: Option<&'static str>,
    interrupter: Option<Interrupter>,
}

/// The thread as the window sees it.
pub struct DesignWorker {
    shared: Arc<Shared>,
    events: Receiver<DesignEvent>,
    thread: Option<JoinHandle<()>>,
}

impl DesignWorker {
    /// Starts the thread.
    pub fn start(wake: Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (events, receiver) = channel();
        let own = Own {
            shared: Arc::clone(&shared),
            events,
            wake,
            open: None,
            ground: None,
            places: BTreeMap::new(),
        };
        let thread = std::thread::Builder::new()
            .name("design".to_owned())
            .spawn(move || own.work())?;
        Ok(Self {
            shared,
            events: receiver,
            thread: Some(thread),
        })
    }

    /// Asks for something; returns at once.
    pub fn submit(&self, job: DesignJob) {
        let mut slots = lock(&self.shared.slots);
        match job {
            DesignJob::Open(open) => {
                slots.open = Some(open);
                slots.draw = None;
                slots.check = None;
                slots.compare = None;
                self.shared.is_stale.store(true, Ordering::Relaxed);
                self.interrupt();
            }
            DesignJob::Draw { text, is_anew } => {
                let is_anew = is_anew || slots.draw.as_ref().is_some_and(|(_, anew)| *anew);
                slots.draw = Some((text, is_anew));
                self.shared.is_stale.store(true, Ordering::Relaxed);
            }
            DesignJob::Check { text, follow_up } => slots.check = Some((text, follow_up)),
            DesignJob::Compare { text, accepted } => slots.compare = Some((text, accepted)),
        }
        self.shared.changed.notify_one();
    }

    /// Stops what is running and takes back a check that waits. A drawing goes on: it is what
    /// stands in the editor, and nobody would ask for it again.
    pub fn cancel(&self) {
        lock(&self.shared.slots).check = None;
        self.interrupt();
    }

    fn interrupt(&self) {
        if let Some(interrupter) = &lock(&self.shared.running).interrupter {
            interrupter.interrupt();
        }
    }

    /// The next answer, if there is one.
    pub fn poll(&self) -> Option<DesignEvent> {
        self.events.try_recv().ok()
    }

    /// The next answer, waiting for it. `None` after `timeout`, or when the thread is gone.
    pub fn wait(&self, timeout: Duration) -> Option<DesignEvent> {
        self.events.recv_timeout(timeout).ok()
    }

    /// What is running now, of what takes long: not drawing, which follows the typing.
    pub fn activity(&self) -> Option<&'static str> {
        lock(&self.shared.running)
            .label
            .filter(|label| *label != DRAWING)
    }

    /// Whether something is running or waits.
    pub fn is_busy(&self) -> bool {
        let slots = lock(&self.shared.slots);
        let waits = slots.open.is_some()
            || slots.draw.is_some()
            || slots.check.is_some()
            || slots.compare.is_some();
        waits || lock(&self.shared.running).label.is_some()
    }
}

impl Drop for DesignWorker {
    fn drop(&mut self) {
        lock(&self.shared.slots).quit = true;
        self.shared.is_stale.store(true, Ordering::Relaxed);
        self.cancel();
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// The thread's own side.
struct Own {
    shared: Arc<Shared>,
    events: Sender<DesignEvent>,
    wake: Wake,
    open: Option<OpenDesign>,
    ground: Option<DesignGround>,
    /// Where tables stood in the last drawing: they stay there while somebody types.
    places: BTreeMap<String, (f32, f32)>,
}

impl Own {
    fn work(mut self) {
        while let Some(job) = self.next() {
            match job {
                DesignJob::Open(open) => self.open(open),
                DesignJob::Draw { text, is_anew } => self.draw(text, is_anew),
                DesignJob::Check { text, follow_up } => self.check(text, follow_up.as_deref()),
                DesignJob::Compare { text, accepted } => self.compare(text, accepted),
            }
            *lock(&self.shared.running) = Running::default();
            (self.wake)();
        }
    }

    /// Waits for a wish. A drawing comes before the data: it is what somebody looks at.
    fn next(&self) -> Option<DesignJob> {
        let mut slots = lock(&self.shared.slots);
        loop {
            if slots.quit {
                return None;
            }
            // A drawing that was asked for with the drill waits until the drill is there.
            let drawing = match slots.open {
                Some(_) => None,
                None => slots.draw.take(),
            };
            let job = match drawing {
                Some((text, is_anew)) => Some(DesignJob::Draw { text, is_anew }),
                None => slots
                    .open
                    .take()
                    .map(DesignJob::Open)
                    .or_else(|| {
                        let (text, accepted) = slots.compare.take()?;
                        Some(DesignJob::Compare { text, accepted })
                    })
                    .or_else(|| {
                        let (text, follow_up) = slots.check.take()?;
                        Some(DesignJob::Check { text, follow_up })
                    }),
            };
            if let Some(job) = job {
                // Under the lock, so that nobody sees the thread idle in between.
                lock(&self.shared.running).label = Some(match &job {
                    DesignJob::Open(_) => "Making the data",
                    DesignJob::Draw { .. } => DRAWING,
                    DesignJob::Check { .. } => "Checking",
                    DesignJob::Compare { .. } => "Comparing",
                });
                self.shared.is_stale.store(false, Ordering::Relaxed);
                return Some(job);
            }
            slots = self
                .shared
                .changed
                .wait(slots)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn send(&self, event: DesignEvent) {
        // Nobody listens any more only while the window closes.
        self.events.send(event).ok();
        (self.wake)();
    }

    fn open(&mut self, open: OpenDesign) {
        self.ground = None;
        self.places.clear();
        let drill = open.drill.id.clone();
        let made = DesignGround::prepare(&open.pack, &open.drill, &open.lists);
        self.open = Some(open);
        match made {
            Ok(ground) => {
                self.ground = Some(ground);
                self.send(DesignEvent::Ready { drill });
            }
            Err(error) => self.send(DesignEvent::Failed { drill, error }),
        }
    }

    fn draw(&mut self, text: String, is_anew: bool) {
        if is_anew {
            self.places.clear();
        }
        let Some(open) = self.open.clone() else {
            return;
        };
        let Some(design) = open.drill.design() else {
            return;
        };
        let (schema, problems) = read_design(&text);
        let schema = Mapping::new(design, &schema, &open.synonyms).schema;
        let request = LayoutRequest {
            pinned: self.places.clone(),
            ..LayoutRequest::default()
        };
        let is_stale = || self.shared.is_stale.load(Ordering::Relaxed);
        let scene = if schema.tables.len() > MOST_TABLES {
            Scene::default()
        } else {
            match diagram::layout(&schema, &request, &is_stale) {
                Some(scene) => scene,
                // A newer text waits.
                None => return,
            }
        };
        self.places = scene
            .tables
            .iter()
            .map(|t| (t.name.clone(), (t.rect.x, t.rect.y)))
            .collect();
        let drawing = Drawing {
            findings: findings(&schema),
            text,
            schema,
            scene,
            problems,
        };
        self.send(DesignEvent::Drawn {
            drill: open.drill.id.clone(),
            drawing: Arc::new(drawing),
        });
    }

    fn compare(&self, text: String, accepted: Option<usize>) {
        let Some(open) = &self.open else { return };
        let Some(design) = open.drill.design() else {
            return;
        };
        let place = accepted.or_else(|| nearest(design, &text, &open.synonyms));
        let Some((place, chosen)) = place.and_then(|at| Some((at, design.accepted.get(at)?)))
        else {
            return;
        };
        let difference = difference(design, &text, chosen, &open.synonyms);
        let request = LayoutRequest::default();
        let scene = diagram::layout(&difference.schema, &request, &|| false).unwrap_or_default();
        self.send(DesignEvent::Compared {
            drill: open.drill.id.clone(),
            compared: Arc::new(Compared {
                text,
                accepted: place,
                difference,
                scene,
            }),
        });
    }

    fn check(&self, text: String, follow_up: Option<&str>) {
        let (Some(ground), Some(open)) = (&self.ground, &self.open) else {
            return;
        };
        lock(&self.shared.running).interrupter = Some(ground.interrupter());
        let verdict = Box::new(grade_design(ground, &text, follow_up, &open.synonyms));
        self.send(DesignEvent::Checked {
            drill: open.drill.id.clone(),
            text,
            verdict,
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
