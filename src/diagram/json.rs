//! What `layout --json` prints.

use serde_json::{Value, json};

use super::scene::Scene;

/// Boxes and lines as JSON: `{"tables":[…],"edges":[…],"elapsed_ms"}`, lengths in points.
///
/// Views are listed as tables, and what they read as edges.
pub fn to_json(scene: &Scene, elapsed_ms: f64) -> Value {
    let tables: Vec<Value> = scene
        .tables
        .iter()
        .map(
            |t| json!({"name": t.name, "x": t.rect.x, "y": t.rect.y, "w": t.rect.w, "h": t.rect.h}),
        )
        .collect();
    let edges: Vec<Value> = scene
        .edges
        .iter()
        .map(|e| {
            let points: Vec<[f32; 2]> = e.points.iter().map(|p| [p.x, p.y]).collect();
            json!({
                "from": scene.tables[e.from].name,
                "to": scene.tables[e.to].name,
                "points": points,
            })
        })
        .collect();
    json!({"tables": tables, "edges": edges, "elapsed_ms": elapsed_ms})
}
