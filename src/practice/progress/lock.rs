//! Whether another window writes to the same practice file.

use std::fs::{File, OpenOptions};
use std::path::Path;

/// Held as long as the window is open. The end of the program lets go of it.
pub struct Lock {
    file: Option<File>,
    /// Nobody else has the file: it may be mended and written anew.
    pub is_alone: bool,
}

impl Lock {
    /// Asks for the file for oneself; does not wait. Where locks cannot be had, somebody else
    /// might be there.
    pub fn take(path: &Path) -> Self {
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(path);
        let Ok(file) = file else {
            return Self {
                file: None,
                is_alone: false,
            };
        };
        let is_alone = file.try_lock().is_ok();
        let lock = Self {
            file: Some(file),
            is_alone,
        };
        if !is_alone {
            lock.try_share();
        }
        lock
    }

    /// Lets other windows append, but none write anew, from here on.
    pub fn share(&mut self) {
        if self.is_alone
            && let Some(file) = &self.file
        {
            // A lock cannot be turned into another kind everywhere: it is given back first.
            file.unlock().ok();
            self.is_alone = false;
            self.try_share();
        }
    }

    fn try_share(&self) {
        if let Some(file) = &self.file {
            // Another window that begins at the same moment holds it for some milliseconds.
            file.lock_shared().ok();
        }
    }
}
