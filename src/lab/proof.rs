//! Whether a run came out as its lab says.

use super::report::LabReport;
use crate::catalog::Lab;

/// What did not come out as announced: the entry, and what is wrong with it.
pub fn problems(lab: &Lab, report: &LabReport) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for read in &report.reads {
        let key = format!("read {}", read.id);
        if read.answer_rows == 0 {
            found.push((key.clone(), "the answer has no rows".to_owned()));
        }
        let announced = lab.reads.iter().find(|r| r.id == read.id);
        for layout in &read.layouts {
            let is_announced = announced.is_some_and(|r| r.differs.contains_key(&layout.id));
            match (&layout.difference, is_announced) {
                (Some(difference), false) => found.push((
                    key.clone(),
                    format!("{} gives another answer: {}", layout.id, difference.message),
                )),
                (None, true) => found.push((
                    format!("{key}, differs"),
                    format!("{} gives the same answer", layout.id),
                )),
                _ => {}
            }
        }
    }
    for write in &report.writes {
        for layout in write.layouts.iter().filter(|l| l.cannot.is_none()) {
            if layout.rows_written == 0 {
                let message = format!("writes no row in {}", layout.id);
                found.push((format!("write {}", write.id), message));
            }
        }
    }
    for check in &report.checks {
        for layout in &check.layouts {
            if let Some(number) = layout.found.filter(|n| *n != layout.expected) {
                let message = format!(
                    "finds {number} in {} instead of {}",
                    layout.id, layout.expected
                );
                found.push((format!("check {}", check.id), message));
            }
        }
    }
    for anomaly in &report.anomalies {
        if anomaly.before == anomaly.after {
            let message = "shows the same before and after".to_owned();
            found.push((format!("anomaly {}", anomaly.id), message));
        }
    }
    found
}
