//! Which panels stand around the diagram: the same for all models.

use serde::{Deserialize, Serialize};

/// Wide enough for diagram, documentation and inspector side by side.
const ROOM_FOR_ALL: f32 = 1_500.0;

/// What survives a restart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    pub inspector_open: bool,
    pub rows_open: bool,
    /// `None`: the user has not said, and the documentation is open where there is room for it.
    pub documentation_open: Option<bool>,
    /// Points.
    pub documentation_width: f32,
    /// A line about its values under each column of the inspector.
    pub column_lines: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self {
            inspector_open: true,
            rows_open: true,
            documentation_open: None,
            documentation_width: 430.0,
            column_lines: true,
        }
    }
}

impl Panels {
    /// Whether the documentation stands beside the diagram of a window this wide, in points.
    pub fn is_documentation_open(&self, window_width: f32) -> bool {
        self.documentation_open
            .unwrap_or(window_width >= ROOM_FOR_ALL)
    }

    pub fn toggle_documentation(&mut self, window_width: f32) {
        self.documentation_open = Some(!self.is_documentation_open(window_width));
    }
}
