//! The one list of things a user can do: menu, palette, shortcuts and help read it.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::ui_kit::icons::Sign;
use crate::workspace::practice::PracticePage;

/// A thing to do, with a name, a sign and maybe keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Palette,
    Explore,
    Query,
    Compare,
    Practice,
    PracticePage(PracticePage),
    StartSession,
    NextItem,
    EndSession,
    ShowAnswer,
    SubmitAnswer,
    RunQuery,
    RunLab,
    SweepLab,
    Cancel,
    NextQuestion,
    PreviousQuestion,
    FitDiagram,
    ZoomIn,
    ZoomOut,
    ShowNames,
    ShowKeys,
    ShowColumns,
    ToggleImplied,
    ArrangeAgain,
    Undo,
    Redo,
    ToggleLibrary,
    ToggleInspector,
    ToggleRows,
    ToggleDocumentation,
    RowsBack,
    RowsForward,
    Generate,
    SaveCsv,
    SaveJson,
    SaveParquet,
    SaveSvg,
    ToggleTheme,
    Problems,
    Help,
}

impl Command {
    pub const ALL: [Self; 45] = [
        Self::Palette,
        Self::Explore,
        Self::Query,
        Self::Compare,
        Self::Practice,
        Self::PracticePage(PracticePage::Today),
        Self::PracticePage(PracticePage::Sql),
        Self::PracticePage(PracticePage::Design),
        Self::PracticePage(PracticePage::Cards),
        Self::PracticePage(PracticePage::Guide),
        Self::StartSession,
        Self::NextItem,
        Self::EndSession,
        Self::ShowAnswer,
        Self::SubmitAnswer,
        Self::RunQuery,
        Self::RunLab,
        Self::SweepLab,
        Self::Cancel,
        Self::NextQuestion,
        Self::PreviousQuestion,
        Self::FitDiagram,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ShowNames,
        Self::ShowKeys,
        Self::ShowColumns,
        Self::ToggleImplied,
        Self::ArrangeAgain,
        Self::Undo,
        Self::Redo,
        Self::ToggleLibrary,
        Self::ToggleInspector,
        Self::ToggleRows,
        Self::ToggleDocumentation,
        Self::RowsBack,
        Self::RowsForward,
        Self::Generate,
        Self::SaveCsv,
        Self::SaveJson,
        Self::SaveParquet,
        Self::SaveSvg,
        Self::ToggleTheme,
        Self::Problems,
        Self::Help,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Palette => "Search everything",
            Self::Explore => "Go to Explore",
            Self::Query => "Go to Query",
            Self::Compare => "Go to Compare",
            Self::Practice => "Go to Practice",
            Self::PracticePage(PracticePage::Today) => "Practice: today",
            Self::PracticePage(PracticePage::Sql) => "Practice: SQL drills",
            Self::PracticePage(PracticePage::Design) => "Practice: design drills",
            Self::PracticePage(PracticePage::Cards) => "Practice: cards",
            Self::PracticePage(PracticePage::Guide) => "Practice: which database?",
            Self::StartSession => "Start a practice session",
            Self::NextItem => "Next item of the session, or next card",
            Self::EndSession => "End the session",
            Self::ShowAnswer => "Show the answer of the card",
            Self::SubmitAnswer => "Hand the answer in",
            Self::RunQuery => "Run the query",
            Self::RunLab => "Measure the lab again",
            Self::SweepLab => "Measure the lab at other scales",
            Self::Cancel => "Cancel what is running",
            Self::NextQuestion => "Next question",
            Self::PreviousQuestion => "Previous question",
            Self::FitDiagram => "Fit the diagram",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ShowNames => "Show table names only",
            Self::ShowKeys => "Show keys only",
            Self::ShowColumns => "Show all columns",
            Self::ToggleImplied => "Show or hide implied relations",
            Self::ArrangeAgain => "Arrange all tables again",
            Self::Undo => "Undo the last move",
            Self::Redo => "Redo the move",
            Self::ToggleLibrary => "Show or hide the library",
            Self::ToggleInspector => "Show or hide the inspector",
            Self::ToggleRows => "Show or hide the rows",
            Self::ToggleDocumentation => "Show or hide the documentation",
            Self::RowsBack => "Back to the rows or the question before",
            Self::RowsForward => "Forward to the rows after",
            Self::Generate => "Make the data again…",
            Self::SaveCsv => "Save the result as CSV…",
            Self::SaveJson => "Save the result as JSON…",
            Self::SaveParquet => "Save the result as Parquet…",
            Self::SaveSvg => "Save the diagram as SVG…",
            Self::ToggleTheme => "Switch between light and dark",
            Self::Problems => "Show problems of the packs",
            Self::Help => "Keyboard shortcuts",
        }
    }

    pub fn sign(self) -> Sign {
        match self {
            Self::Palette => Sign::Search,
            Self::Explore => Sign::Network,
            Self::Query => Sign::SquareTerminal,
            Self::Compare | Self::RunLab => Sign::FlaskConical,
            Self::Practice => Sign::Dumbbell,
            Self::PracticePage(_) => Sign::Dumbbell,
            Self::StartSession | Self::EndSession => Sign::CalendarCheck,
            Self::NextItem => Sign::ArrowRight,
            Self::ShowAnswer => Sign::Eye,
            Self::SubmitAnswer => Sign::SendHorizontal,
            Self::SweepLab => Sign::ChartLine,
            Self::RunQuery => Sign::Play,
            Self::Cancel => Sign::Square,
            Self::NextQuestion => Sign::ArrowDown,
            Self::PreviousQuestion => Sign::ArrowUp,
            Self::FitDiagram => Sign::Maximize,
            Self::ZoomIn => Sign::ZoomIn,
            Self::ZoomOut => Sign::ZoomOut,
            Self::ShowNames | Self::ShowKeys | Self::ShowColumns => Sign::Table2,
            Self::ToggleImplied => Sign::Spline,
            Self::ArrangeAgain => Sign::Network,
            Self::Undo => Sign::Undo2,
            Self::Redo => Sign::Redo2,
            Self::ToggleLibrary => Sign::PanelLeft,
            Self::ToggleInspector => Sign::PanelRight,
            Self::ToggleRows => Sign::PanelBottom,
            Self::ToggleDocumentation => Sign::BookOpenText,
            Self::RowsBack => Sign::ArrowLeft,
            Self::RowsForward => Sign::ArrowRight,
            Self::Generate => Sign::Database,
            Self::SaveCsv | Self::SaveJson | Self::SaveParquet => Sign::Download,
            Self::SaveSvg => Sign::Image,
            Self::ToggleTheme => Sign::SunMoon,
            Self::Problems => Sign::TriangleAlert,
            Self::Help => Sign::Keyboard,
        }
    }

    /// The keys. Those without Ctrl only count while no text is being typed.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let ctrl = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        let ctrl_shift = |key| {
            Some(KeyboardShortcut::new(
                Modifiers::COMMAND | Modifiers::SHIFT,
                key,
            ))
        };
        let alt = |key| Some(KeyboardShortcut::new(Modifiers::ALT, key));
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
        match self {
            Self::Palette => ctrl(Key::K),
            Self::Explore => ctrl(Key::Num1),
            Self::Query => ctrl(Key::Num2),
            Self::Compare => ctrl(Key::Num3),
            Self::Practice => ctrl(Key::Num4),
            Self::PracticePage(_) | Self::StartSession | Self::EndSession => None,
            Self::NextItem => alt(Key::N),
            // Space and Enter, but only while nothing else has the keyboard.
            Self::ShowAnswer => None,
            Self::SubmitAnswer => ctrl_shift(Key::Enter),
            Self::RunQuery => ctrl(Key::Enter),
            Self::RunLab => plain(Key::F5),
            Self::SweepLab => None,
            Self::Cancel => plain(Key::Escape),
            Self::NextQuestion => alt(Key::ArrowDown),
            Self::PreviousQuestion => alt(Key::ArrowUp),
            Self::FitDiagram => plain(Key::F),
            Self::ZoomIn => plain(Key::Plus),
            Self::ZoomOut => plain(Key::Minus),
            Self::ShowNames => alt(Key::Num1),
            Self::ShowKeys => alt(Key::Num2),
            Self::ShowColumns => alt(Key::Num3),
            Self::ToggleImplied => None,
            Self::ArrangeAgain => None,
            Self::Undo => ctrl(Key::Z),
            Self::Redo => ctrl_shift(Key::Z),
            Self::ToggleLibrary => ctrl(Key::B),
            Self::ToggleInspector => ctrl(Key::I),
            Self::ToggleRows => ctrl(Key::J),
            Self::ToggleDocumentation => ctrl(Key::D),
            Self::RowsBack => alt(Key::ArrowLeft),
            Self::RowsForward => alt(Key::ArrowRight),
            Self::Generate => ctrl(Key::G),
            Self::SaveCsv => ctrl(Key::S),
            Self::SaveJson | Self::SaveParquet | Self::SaveSvg => None,
            Self::ToggleTheme => ctrl_shift(Key::L),
            Self::Problems => None,
            Self::Help => plain(Key::F1),
        }
    }

    /// Whether the keys must not fire while a text field has the keyboard.
    pub fn yields_to_typing(self) -> bool {
        matches!(
            self,
            Self::FitDiagram
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::Undo
                | Self::Redo
                | Self::RowsBack
                | Self::RowsForward
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_their_keys() {
        for (i, a) in Command::ALL.iter().enumerate() {
            for b in &Command::ALL[i + 1..] {
                assert!(
                    a.shortcut().is_none() || a.shortcut() != b.shortcut(),
                    "{a:?} and {b:?}"
                );
            }
        }
    }

    #[test]
    fn every_command_is_listed_once_and_has_its_own_name() {
        for (i, a) in Command::ALL.iter().enumerate() {
            for b in &Command::ALL[i + 1..] {
                assert_ne!(a, b);
                assert_ne!(a.label(), b.label());
            }
        }
    }
}
