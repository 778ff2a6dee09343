//! What `crowsfoot grade` says of a design.

use std::io::Write;

use serde_json::json;

use crate::practice::design::DesignVerdict;

/// The verdict as JSON: `{"drill","passed","score","findings":[{"id","passed","message"}]}` and
/// what else there is to know.
pub fn as_json(verdict: &DesignVerdict) -> serde_json::Value {
    let findings: Vec<_> = verdict
        .points
        .iter()
        .map(|p| {
            json!({
                "id": p.id,
                "passed": p.passed,
                "message": p.place,
                "looked_for": p.text,
                "why": p.why,
                "points": p.worth,
                "must": p.must,
            })
        })
        .collect();
    let questions: Vec<_> = verdict
        .proof
        .questions
        .iter()
        .map(|q| json!({"id": q.id, "answered": q.answered, "message": q.message}))
        .collect();
    let tables: Vec<_> = verdict
        .matched
        .iter()
        .map(|(table, entity)| json!({"table": table, "entity": entity}))
        .collect();
    let remarks: Vec<_> = verdict
        .findings
        .iter()
        .map(|f| json!({"table": f.table, "message": f.message, "advice": f.advice}))
        .collect();
    json!({
        "drill": verdict.drill,
        "follow_up": verdict.follow_up,
        "passed": verdict.passed,
        "score": verdict.score,
        "message": verdict.message,
        "elapsed_ms": verdict.elapsed_ms,
        "findings": findings,
        "questions": questions,
        "tables": tables,
        "remarks": remarks,
        "problems": verdict.problems.iter()
            .map(|(line, message)| json!({"line": line, "message": message}))
            .collect::<Vec<_>>(),
    })
}

/// The verdict for people.
pub fn tell(verdict: &DesignVerdict, out: &mut impl Write) -> std::io::Result<()> {
    let word = if verdict.passed {
        "passed"
    } else {
        "not passed"
    };
    writeln!(out, "{}: {word}. {}", verdict.drill, verdict.message)?;
    for (line, problem) in &verdict.problems {
        writeln!(out, "  line {line}: {problem}")?;
    }
    for point in &verdict.points {
        let mark = if point.passed { "ok" } else { "no" };
        writeln!(
            out,
            "  {mark} {:>4.0}  {}\n            {}",
            point.worth, point.text, point.place
        )?;
        if !point.passed {
            writeln!(out, "            {}", point.why)?;
        }
    }
    if !verdict.proof.questions.is_empty() {
        writeln!(out, "\nAsked of the design, filled with the reference data")?;
    }
    for question in &verdict.proof.questions {
        let mark = if question.answered { "ok" } else { "no" };
        writeln!(
            out,
            "  {mark}  {}\n      {}",
            question.text, question.message
        )?;
    }
    for filled in verdict.proof.filled.iter().filter(|f| !f.notes.is_empty()) {
        writeln!(out, "  {}: {}", filled.table, filled.notes.join("; "))?;
    }
    if !verdict.findings.is_empty() {
        writeln!(out, "\nWhat a reviewer would also say")?;
    }
    for finding in &verdict.findings {
        writeln!(out, "  {}. {}", finding.message, finding.advice)?;
    }
    Ok(())
}
