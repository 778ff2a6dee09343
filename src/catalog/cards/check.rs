//! Ids are taken once, and every link of a card leads somewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::pack::Pack;
use crate::catalog::problem::{Problem, Reporter};
use crate::catalog::see::See;
use crate::catalog::source::{CARDS, lab_file};

/// Reports cards and labs whose id another card, drill or lab has. Drills of the same id are
/// told where drills are checked.
pub fn check_ids(packs: &[Arc<Pack>], problems: &mut Vec<Problem>) {
    let drills = packs.iter().flat_map(|p| &p.drills);
    let mut owners: BTreeMap<&str, String> = drills
        .map(|d| (d.id.as_str(), format!("a drill of {}", d.pack)))
        .collect();
    for pack in packs {
        for lab in &pack.labs {
            let owner = format!("a lab of {}", pack.id);
            if let Some(earlier) = owners.insert(&lab.id, owner) {
                Reporter {
                    pack: &pack.id,
                    file: &lab_file(&lab.id),
                    problems,
                }
                .report("", format!("the id is taken by {earlier}"));
            }
        }
        for card in &pack.cards {
            let owner = format!("a card of {}", pack.id);
            if let Some(earlier) = owners.insert(&card.id, owner) {
                Reporter {
                    pack: &pack.id,
                    file: CARDS,
                    problems,
                }
                .report(
                    format!("card {}", card.id),
                    format!("the id is taken by {earlier}"),
                );
            }
        }
    }
}

/// Reports links of cards that lead nowhere.
pub fn check_links(
    packs: &[Arc<Pack>],
    mut is_there: impl FnMut(&See) -> bool,
    problems: &mut Vec<Problem>,
) {
    for pack in packs {
        let mut reporter = Reporter {
            pack: &pack.id,
            file: CARDS,
            problems,
        };
        for card in &pack.cards {
            for see in card.see.iter().filter(|see| !is_there(see)) {
                reporter.report(
                    format!("card {}, see", card.id),
                    format!("there is no {see}"),
                );
            }
        }
    }
}
