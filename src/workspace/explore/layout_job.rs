//! Lays a schema out on a thread of its own, so that the window never waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::catalog::Pack;
use crate::diagram::{LayoutRequest, Scene, layout};

/// A layout that is being made. Dropping it cancels it.
pub struct LayoutJob {
    pub pack: String,
    pub request: LayoutRequest,
    cancelled: Arc<AtomicBool>,
    result: Receiver<Scene>,
}

impl LayoutJob {
    /// Starts the work; `wake` is called when it is done.
    pub fn start(
        pack: &Arc<Pack>,
        request: LayoutRequest,
        wake: impl Fn() + Send + 'static,
    ) -> std::io::Result<Self> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let (sender, result) = channel();
        let (flag, model, wanted) = (Arc::clone(&cancelled), Arc::clone(pack), request.clone());
        std::thread::Builder::new()
            .name("layout".to_owned())
            .spawn(move || {
                let scene = layout(&model.schema, &wanted, &|| flag.load(Ordering::Relaxed));
                if let Some(scene) = scene {
                    sender.send(scene).ok();
                    wake();
                }
            })?;
        Ok(Self {
            pack: pack.id.clone(),
            request,
            cancelled,
            result,
        })
    }

    /// The scene, once it is there. `Err` when the thread ended without one.
    pub fn poll(&self) -> Result<Option<Scene>, ()> {
        match self.result.try_recv() {
            Ok(scene) => Ok(Some(scene)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(()),
        }
    }
}

impl Drop for LayoutJob {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}
