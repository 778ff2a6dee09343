//! What every diagram must keep, and the small cases by name.

use super::*;
use crate::model::{
    Column, DataType, Key, KeyPart, PartitionKey, Relation, RelationOrigin, Table, View,
};

/// A schema from lines such as `orders: id pk, user_id >users.id, note`.
///
/// `>` declares a reference, `~` implies one; `name!` is NOT NULL, `name?` unique.
fn schema(text: &str) -> Schema {
    let mut schema = Schema::default();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (name, columns) = line.split_once(':').unwrap_or((line, ""));
        let mut table = Table {
            name: name.to_owned(),
            ..Table::default()
        };
        let mut key = Vec::new();
        for text in columns.split(',').map(str::trim).filter(|c| !c.is_empty()) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let column = words[0].trim_end_matches(['!', '?']);
            for word in &words[1..] {
                if let Some((to, to_column)) = word.trim_start_matches(['>', '~']).split_once('.') {
                    let origin = if word.starts_with('>') {
                        RelationOrigin::Declared
                    } else {
                        RelationOrigin::Implied
                    };
                    schema
                        .relations
                        .push(relation(name, column, to, to_column, origin));
                } else {
                    key.push(column.to_owned());
                }
            }
            if words[0].ends_with('?') {
                table.uniques.push(Key::of([column]));
            }
            table.columns.push(Column {
                name: column.to_owned(),
                data_type: DataType {
                    documented: "BIGINT".to_owned(),
                    ..DataType::default()
                },
                nullable: !words[0].ends_with('!') && !words.contains(&"pk"),
                ..Column::default()
            });
        }
        table.primary_key = (!key.is_empty()).then(|| Key::of(key));
        schema.tables.push(table);
    }
    schema
}

fn relation(
    from: &str,
    column: &str,
    to: &str,
    to_column: &str,
    origin: RelationOrigin,
) -> Relation {
    Relation {
        from: from.to_owned(),
        from_columns: vec![column.to_owned()],
        to: to.to_owned(),
        to_columns: vec![to_column.to_owned()],
        origin,
        name: None,
        on_delete: None,
        on_update: None,
    }
}

fn draw(schema: &Schema, request: &LayoutRequest) -> Scene {
    layout(schema, request, &|| false).expect("nobody cancelled")
}

/// Draws in every detail and checks what must hold for any picture; returns the full one.
#[track_caller]
fn check(text: &str) -> Scene {
    let schema = schema(text);
    for detail in [Detail::Names, Detail::Keys] {
        check_scene(&draw(
            &schema,
            &LayoutRequest {
                detail,
                ..LayoutRequest::default()
            },
        ));
    }
    let scene = draw(&schema, &LayoutRequest::default());
    check_scene(&scene);
    scene
}

#[track_caller]
fn check_scene(scene: &Scene) {
    for (i, a) in scene.tables.iter().enumerate() {
        for b in &scene.tables[i + 1..] {
            assert!(!a.rect.overlaps(&b.rect), "{} lies on {}", a.name, b.name);
        }
    }
    for edge in &scene.edges {
        check_line(scene, edge);
    }
}

#[track_caller]
fn check_line(scene: &Scene, edge: &Edge) {
    let (from, to) = (&scene.tables[edge.from], &scene.tables[edge.to]);
    let label = format!("{} → {} {:?}", from.name, to.name, edge.points);
    assert!(edge.points.len() >= 2, "not routed: {label}");
    for pair in edge.points.windows(2) {
        let is_straight = pair[0].x == pair[1].x || pair[0].y == pair[1].y;
        assert!(is_straight, "slanting: {label}");
        for table in &scene.tables {
            let inside = table.rect.grown(-1.0, -1.0);
            let is_entered = inside.is_entered_by(pair[0], pair[1]);
            assert!(!is_entered, "through {}: {label}", table.name);
        }
    }
    let ends = [
        (from, edge.from_dy, edge.points[0]),
        (to, edge.to_dy, edge.points[edge.points.len() - 1]),
    ];
    for (table, dy, end) in ends {
        assert_eq!(end.y, table.rect.y + dy, "wrong row: {label}");
        let is_on_side = end.x == table.rect.x || end.x == table.rect.right();
        assert!(is_on_side, "not on a side: {label}");
    }
}

#[track_caller]
fn check_uncrossed(text: &str) {
    let scene = check(text);
    assert_eq!(scene.crossings(), 0);
    assert_eq!(straight_crossings(&scene), 0);
}

/// Crossings of straight lines between the middles of boxes.
fn straight_crossings(scene: &Scene) -> usize {
    let lines: BTreeSet<(usize, usize)> = scene
        .edges
        .iter()
        .filter(|e| e.from != e.to)
        .map(|e| (e.from.min(e.to), e.from.max(e.to)))
        .collect();
    let lines: Vec<(usize, usize)> = lines.into_iter().collect();
    let middle = |i: usize| scene.tables[i].rect.center();
    let mut count = 0;
    for (i, a) in lines.iter().enumerate() {
        for b in &lines[i + 1..] {
            let is_crossing =
                geometry::segments_cross(middle(a.0), middle(a.1), middle(b.0), middle(b.1));
            count += usize::from(is_crossing);
        }
    }
    count
}

/// Tables that refer to random earlier ones, and some to themselves.
fn random_schema(tables: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |count: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % count.max(1)
    };
    let mut text = String::new();
    for table in 0..tables {
        text += &format!("t{table}: id pk");
        for reference in 0..below(4) {
            let target = below(table + 1);
            text += &format!(", r{reference} >t{target}.id");
        }
        for column in 0..below(9) {
            text += &format!(", column_{column}");
        }
        text += "\n";
    }
    text
}

#[test]
fn an_empty_schema_is_an_empty_scene() {
    let scene = check("");
    assert_eq!(scene, Scene::default());
    assert!(svg::to_svg(&scene, "nothing", &svg::Palette::light()).contains("<svg"));
}

#[test]
fn one_table_stands_at_the_origin() {
    let scene = check("users: id pk, email?");
    assert_eq!((scene.tables[0].rect.x, scene.tables[0].rect.y), (0.0, 0.0));
    assert_eq!(scene.bounds, scene.tables[0].rect);
}

#[test]
fn a_self_reference_goes_around_a_corner_of_its_own_table() {
    let scene = check("category: id pk, parent_id >category.id");
    assert_eq!(scene.edges.len(), 1);
    assert_eq!(scene.edges[0].points.len(), 4);
    assert_eq!(scene.neighbours(0), Vec::<usize>::new());
}

#[test]
fn two_relations_between_the_same_tables_are_two_lines() {
    let scene = check("users: id pk\nfollows: follower >users.id, followee >users.id");
    assert_eq!(scene.edges.len(), 2);
    assert_ne!(scene.edges[0].points, scene.edges[1].points);
    assert_eq!(scene.neighbours(0), vec![1]);
}

#[test]
fn a_cycle_is_drawn() {
    check_uncrossed("a: id pk, b_id >b.id\nb: id pk, c_id >c.id\nc: id pk, a_id >a.id");
}

#[test]
fn two_tables_that_refer_to_each_other_are_drawn() {
    let scene = check("a: id pk, b_id >b.id\nb: id pk, a_id >a.id");
    assert_eq!(scene.edges.len(), 2);
}

#[test]
fn parts_that_do_not_hang_together_stand_apart() {
    check_uncrossed("a: id pk\nb: a_id >a.id\nc: id pk\nd: c_id >c.id\ne: id\nf: id");
}

#[test]
fn a_star_is_uncrossed() {
    let dimensions: Vec<String> = (0..9).map(|i| format!("d{i}: id pk, name")).collect();
    let keys: Vec<String> = (0..9).map(|i| format!("d{i}_id >d{i}.id")).collect();
    check_uncrossed(&format!(
        "{}\nfact: {}",
        dimensions.join("\n"),
        keys.join(", ")
    ));
}

#[test]
fn a_chain_runs_from_left_to_right() {
    let scene = check("a: id pk\nb: id pk, a_id >a.id\nc: id pk, b_id >b.id\nd: c_id >c.id");
    assert!(
        scene
            .tables
            .windows(2)
            .all(|t| t[0].rect.right() < t[1].rect.x)
    );
}

#[test]
fn planar_models_are_uncrossed() {
    check_uncrossed(
        "title: id pk\nseason: id pk, title_id >title.id\nepisode: id pk, title_id >title.id, \
         season_id >season.id\ngenre: id pk\ntitle_genre: title_id pk >title.id, genre_id pk >genre.id",
    );
    check_uncrossed(
        "users: id pk\ntweets: id pk, user_id >users.id\nfollows: a >users.id, b >users.id\n\
         likes: user_id >users.id, tweet_id >tweets.id",
    );
}

#[test]
fn a_wide_table_keeps_all_its_columns() {
    let columns: Vec<String> = (0..80).map(|i| format!("column_{i}")).collect();
    let scene = check(&format!(
        "a: id pk\nwide: a_id >a.id, {}",
        columns.join(", ")
    ));
    assert_eq!(scene.tables[1].rows.len(), 81);
}

#[test]
fn long_names_stop_at_the_greatest_width() {
    let name = "a_name_that_somebody_thought_would_explain_everything_there_is_to_know_about_it";
    let scene = check(&format!("{name}: {name} pk"));
    assert_eq!(scene.tables[0].rect.w, 360.0);
    let short = text::fitted(name, TextKind::Header, 100.0);
    assert!(short.ends_with('…') && estimate_width(&short, TextKind::Header) <= 100.0);
}

#[test]
fn pinned_tables_stay_and_the_others_make_room() {
    let text = "a: id pk\nb: id pk, a_id >a.id\nc: b_id >b.id, a_id >a.id\nd: id";
    let pinned = BTreeMap::from([
        ("A".to_owned(), (310.5, -40.0)),
        ("c".to_owned(), (350.0, 90.0)),
    ]);
    let request = LayoutRequest {
        pinned,
        ..LayoutRequest::default()
    };
    let scene = draw(&schema(text), &request);
    check_scene(&scene);
    let corner = |i: usize| (scene.tables[i].rect.x, scene.tables[i].rect.y);
    assert_eq!((corner(0), corner(2)), ((310.5, -40.0), (350.0, 90.0)));
}

#[test]
fn hidden_tables_take_their_lines_along() {
    let hidden = BTreeSet::from(["USERS".to_owned()]);
    let request = LayoutRequest {
        hidden,
        ..LayoutRequest::default()
    };
    let scene = draw(&schema("users: id pk\norders: user_id >users.id"), &request);
    assert_eq!((scene.tables.len(), scene.edges.len()), (1, 0));
}

#[test]
fn implied_relations_can_be_left_out() {
    let schema = schema("users: id pk\norders: user_id ~users.id");
    let scene = draw(&schema, &LayoutRequest::default());
    assert_eq!(scene.edges[0].kind, EdgeKind::Implied);
    assert_eq!(scene.tables[1].rows[0].markers, [KeyMarker::ImpliedForeign]);
    let declared = LayoutRequest {
        implied_shown: false,
        ..LayoutRequest::default()
    };
    let scene = draw(&schema, &declared);
    assert!(scene.edges.is_empty() && scene.tables[1].rows[0].markers.is_empty());
}

#[test]
fn a_view_is_tied_to_what_it_reads() {
    let mut schema = schema("event: id pk, region");
    schema.views.push(View {
        name: "by_region".to_owned(),
        reads: vec!["event".to_owned(), "elsewhere".to_owned()],
        ..View::default()
    });
    let scene = draw(&schema, &LayoutRequest::default());
    check_scene(&scene);
    assert_eq!(scene.tables[1].hint.as_deref(), Some("view"));
    let [edge] = scene.edges.as_slice() else {
        panic!("one line to the table that is there");
    };
    assert_eq!((edge.kind, edge.from, edge.to), (EdgeKind::Reads, 1, 0));
}

#[test]
fn ends_tell_how_many_rows_there_may_be() {
    let ends = |text: &str| {
        let scene = check(text);
        (scene.edges[0].from_end, scene.edges[0].to_end)
    };
    assert_eq!(
        ends("a: id pk\nb: a_id >a.id"),
        (EndMarker::Many, EndMarker::ZeroOrOne)
    );
    assert_eq!(
        ends("a: id pk\nb: a_id! >a.id"),
        (EndMarker::Many, EndMarker::One)
    );
    assert_eq!(
        ends("a: id pk\nb: a_id pk >a.id"),
        (EndMarker::One, EndMarker::One)
    );
}

#[test]
fn less_detail_leaves_out_what_is_no_key() {
    let schema = schema("a: id pk\nb: id pk, x, a_id >a.id, y, z");
    let rows = |detail| {
        let scene = draw(
            &schema,
            &LayoutRequest {
                detail,
                ..LayoutRequest::default()
            },
        );
        let names = scene.tables[1].rows.iter().map(|r| r.name.clone());
        names.collect::<Vec<String>>()
    };
    assert_eq!(rows(Detail::Keys), ["id", "a_id", "3 more"]);
    assert!(rows(Detail::Names).is_empty());
}

#[test]
fn hints_and_keys_over_expressions_are_written_out() {
    let mut schema = schema("resume: profile_id!, episode_id, title_id");
    schema.tables[0].physical.partition_by.push(PartitionKey {
        sql: "dt".to_owned(),
        declares: None,
    });
    schema.tables[0].physical.cluster_by = vec!["region".to_owned(), "profile_id".to_owned()];
    schema.tables[0].primary_key = Some(Key {
        parts: vec![
            KeyPart::Column("profile_id".to_owned()),
            KeyPart::Expression {
                sql: "COALESCE(episode_id, title_id)".to_owned(),
                columns: vec!["episode_id".to_owned(), "title_id".to_owned()],
            },
        ],
        ..Key::default()
    });
    let table = &draw(&schema, &LayoutRequest::default()).tables[0];
    let hint = "partitioned by dt · clustered by region, profile_id";
    assert_eq!(table.hint.as_deref(), Some(hint));
    assert_eq!(table.rows[1].markers, [KeyMarker::ExpressionKey]);
    assert_eq!(
        table.rows[3].name,
        "PK (profile_id, COALESCE(episode_id, title_id))"
    );
}

#[test]
fn the_same_request_gives_the_same_scene() {
    let schema = schema(&random_schema(18, 7));
    let request = LayoutRequest::default();
    assert_eq!(draw(&schema, &request), draw(&schema, &request));
}

#[test]
fn a_cancelled_layout_is_no_scene() {
    let schema = schema(&random_schema(12, 3));
    assert_eq!(layout(&schema, &LayoutRequest::default(), &|| true), None);
}

#[test]
fn random_schemas_keep_the_promises() {
    for seed in 0..8 {
        check(&random_schema(3 + 2 * seed as usize, seed));
    }
}

#[test]
fn a_dragged_table_takes_its_lines_along() {
    let mut scene = check(&random_schema(10, 4));
    for step in 0..20 {
        let corner = Point::new(
            scene.bounds.right() + 80.0 + 7.0 * step as f32,
            13.0 * step as f32,
        );
        scene.move_table(4, corner);
        reroute(&mut scene, &[4]);
        check_scene(&scene);
    }
}

#[test]
fn rerouting_leaves_distant_lines_alone() {
    let mut scene = check("a: id pk\nb: a_id >a.id\nc: id pk\nd: c_id >c.id");
    let before = scene.edges[1].points.clone();
    scene.move_table(0, Point::new(-400.0, -300.0));
    reroute(&mut scene, &[0]);
    check_scene(&scene);
    assert_eq!(scene.edges[1].points, before);
}

#[test]
fn pointing_finds_tables_rows_and_lines() {
    let scene = check("a: id pk\nb: a_id >a.id");
    let row = scene.tables[1].row_rect(0).center();
    assert_eq!(
        (scene.table_at(row), scene.row_at(row)),
        (Some(1), Some((1, 0)))
    );
    let header = scene.tables[1].header_rect().center();
    assert_eq!(
        (scene.table_at(header), scene.row_at(header)),
        (Some(1), None)
    );
    let on_line = scene.edges[0].points[0];
    assert_eq!(
        scene.edge_at(Point::new(on_line.x, on_line.y + 3.0), 4.0),
        Some(0)
    );
    assert_eq!(
        scene.edge_at(Point::new(on_line.x, on_line.y + 50.0), 4.0),
        None
    );
}

#[test]
fn names_cannot_break_the_svg() {
    let scene = check("<a&b>: \"x\"");
    let svg = svg::to_svg(&scene, "a < b", &svg::Palette::dark());
    assert!(svg.contains("&lt;a&amp;b&gt;") && svg.contains("&quot;x&quot;"));
    assert!(svg.contains("<title>a &lt; b</title>"));
}

#[test]
fn json_names_tables_and_ends_of_lines() {
    let json = json::to_json(&check("a: id pk\nb: a_id >a.id"), 1.5);
    assert_eq!(json["tables"][0]["name"], "a");
    assert_eq!(
        (&json["edges"][0]["from"], &json["edges"][0]["to"]),
        (&"b".into(), &"a".into())
    );
    assert_eq!(json["elapsed_ms"], 1.5);
}
