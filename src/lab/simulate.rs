//! What one machine cannot have, computed from the keys of the pack.

use super::bench::{Bench, LabError};
use super::report::{SimulatedValue, SimulationFigures};
use crate::catalog::Simulation;
use crate::engine::{Answer, EngineError};

/// Asks a simulation of the pack's own tables.
pub fn simulate(bench: &Bench, simulation: &Simulation) -> Result<SimulationFigures, LabError> {
    let entry = format!("simulation {}", simulation.id);
    let of_entry = |err| bench.of_entry(err, None, &entry);
    let batches = bench.on_base(&simulation.sql).map_err(of_entry)?;
    let answer = Answer::from_batches(&batches)?;
    let column = |name: &str| {
        answer
            .columns
            .iter()
            .position(|c| c.eq_ignore_ascii_case(name))
    };
    let (Some(label), Some(value)) = (column("label"), column("value")) else {
        return Err(of_entry(EngineError::new(
            "a simulation gives the columns label and value, and series where there are several",
        )));
    };
    let series = column("series");
    let mut values = Vec::with_capacity(answer.rows.len());
    for row in &answer.rows {
        let text = |index: usize| row.get(index).cloned().flatten().unwrap_or_default();
        let Ok(number) = text(value).parse() else {
            return Err(of_entry(EngineError::new(format!(
                "a value is no number: {}",
                text(value)
            ))));
        };
        values.push(SimulatedValue {
            series: series.map(text).unwrap_or_default(),
            label: text(label),
            value: number,
        });
    }
    Ok(SimulationFigures {
        id: simulation.id.clone(),
        title: simulation.title.clone(),
        unit: simulation.unit.clone(),
        chart: simulation.chart,
        values,
    })
}
