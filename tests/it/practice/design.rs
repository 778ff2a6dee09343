//! Designs: matched under any name, graded, filled with data and asked.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crowsfoot::catalog::Catalog;
use crowsfoot::practice::design::{
    DesignEvent, DesignGround, DesignJob, DesignVerdict, DesignWorker, OpenDesign, check_design,
    difference, grade_design, nearest,
};

const DRILL: &str = "design_twitter";

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(Catalog::built_in)
}

fn grade(sql: &str, follow_up: Option<&str>) -> DesignVerdict {
    static GROUND: OnceLock<Mutex<DesignGround>> = OnceLock::new();
    let ground = GROUND.get_or_init(|| {
        let (pack, drill) = catalog().drill(DRILL).expect("the drill");
        Mutex::new(DesignGround::prepare(pack, drill, &catalog().lists).expect("prepared"))
    });
    let ground = ground.lock().unwrap_or_else(PoisonError::into_inner);
    grade_design(&ground, sql, follow_up, &catalog().synonyms)
}

fn reference() -> String {
    let (_, drill) = catalog().drill(DRILL).expect("the drill");
    drill.design().expect("a design").accepted[0].sql.clone()
}

/// The constraints a design misses.
fn missed(verdict: &DesignVerdict) -> Vec<&str> {
    let missed = verdict.points.iter().filter(|p| !p.passed);
    missed.map(|p| p.id.as_str()).collect()
}

#[track_caller]
fn check(sql: &str, expected: &[&str]) {
    let verdict = grade(sql, None);
    assert_eq!(missed(&verdict), expected, "{:#?}", verdict.points);
}

#[test]
fn every_design_drill_is_proven() {
    let drills: Vec<_> = catalog()
        .drills()
        .into_iter()
        .filter(|(_, drill)| drill.design().is_some())
        .collect();
    let problems: Vec<String> = std::thread::scope(|scope| {
        let halves = drills.chunks(drills.len().div_ceil(2).max(1));
        let threads: Vec<_> = halves
            .map(|half| {
                scope.spawn(move || {
                    let all = half.iter().flat_map(|(pack, drill)| {
                        let found =
                            check_design(pack, drill, &catalog().lists, &catalog().synonyms);
                        found
                            .into_iter()
                            .map(|(key, message)| format!("{}: {key}: {message}", drill.id))
                    });
                    all.collect::<Vec<String>>()
                })
            })
            .collect();
        let joined = threads.into_iter().map(|t| t.join().expect("checked"));
        joined.flatten().collect()
    });
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn the_reference_gets_all_points_and_answers_all_questions() {
    let verdict = grade(&reference(), None);
    assert!(verdict.passed);
    assert_eq!(missed(&verdict), Vec::<&str>::new());
    assert!(verdict.proof.questions.iter().all(|q| q.answered));
    assert!(
        verdict
            .proof
            .filled
            .iter()
            .all(|f| f.rows > 0 && f.notes.is_empty())
    );
}

#[test]
fn a_design_in_another_dialect_is_graded_alike() {
    let mysql = "CREATE TABLE `users` (
          `id` bigint unsigned NOT NULL AUTO_INCREMENT,
          `username` varchar(30) NOT NULL,
          `email` varchar(255) NOT NULL,
          `created_at` datetime NOT NULL,
          PRIMARY KEY (`id`), UNIQUE KEY `u1` (`username`), UNIQUE KEY `u2` (`email`)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        CREATE TABLE `tweets` (
          `id` bigint unsigned NOT NULL AUTO_INCREMENT,
          `user_id` bigint unsigned NOT NULL,
          `content` varchar(280) NOT NULL,
          `created_at` datetime NOT NULL,
          PRIMARY KEY (`id`), KEY `k` (`user_id`, `created_at`),
          CONSTRAINT `f` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
        ) ENGINE=InnoDB;
        CREATE TABLE `follows` (
          `follower_id` bigint unsigned NOT NULL, `followee_id` bigint unsigned NOT NULL,
          PRIMARY KEY (`follower_id`, `followee_id`), KEY `k` (`followee_id`),
          FOREIGN KEY (`follower_id`) REFERENCES `users` (`id`),
          FOREIGN KEY (`followee_id`) REFERENCES `users` (`id`)
        );
        CREATE TABLE `likes` (
          `user_id` bigint unsigned NOT NULL, `tweet_id` bigint unsigned NOT NULL,
          PRIMARY KEY (`user_id`, `tweet_id`), KEY `k` (`tweet_id`),
          FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
          FOREIGN KEY (`tweet_id`) REFERENCES `tweets` (`id`)
        );";
    check(mysql, &[]);
    let mssql = "CREATE TABLE [dbo].[Users] (
          [Id] BIGINT IDENTITY(1,1) PRIMARY KEY, [UserName] NVARCHAR(30) NOT NULL UNIQUE,
          [Email] NVARCHAR(255) NOT NULL UNIQUE, [CreatedAt] DATETIME2 NOT NULL);
        GO
        CREATE TABLE [dbo].[Tweets] (
          [Id] BIGINT IDENTITY(1,1) PRIMARY KEY, [UserId] BIGINT NOT NULL REFERENCES [dbo].[Users]([Id]),
          [Content] NVARCHAR(280) NOT NULL, [CreatedAt] DATETIME2 NOT NULL);
        CREATE INDEX [IX] ON [dbo].[Tweets] ([UserId], [CreatedAt]);
        CREATE TABLE [dbo].[Follows] (
          [FollowerId] BIGINT NOT NULL REFERENCES [dbo].[Users]([Id]),
          [FolloweeId] BIGINT NOT NULL REFERENCES [dbo].[Users]([Id]),
          PRIMARY KEY ([FollowerId], [FolloweeId]));
        CREATE INDEX [IX2] ON [dbo].[Follows] ([FolloweeId]);
        CREATE TABLE [dbo].[Likes] (
          [UserId] BIGINT NOT NULL REFERENCES [dbo].[Users]([Id]),
          [TweetId] BIGINT NOT NULL REFERENCES [dbo].[Tweets]([Id]),
          PRIMARY KEY ([UserId], [TweetId]));
        CREATE INDEX [IX3] ON [dbo].[Likes] ([TweetId]);";
    check(mssql, &[]);
}

#[test]
fn keys_that_refuse_rows_are_shown_by_the_rows() {
    let too_narrow =
        reference().replace("PRIMARY KEY (user_id, tweet_id)", "PRIMARY KEY (user_id)");
    let verdict = grade(&too_narrow, None);
    assert_eq!(missed(&verdict), ["like_pairs", "answers"]);
    let likes = verdict.proof.filled.iter().find(|f| f.table == "likes");
    let likes = likes.expect("it was filled");
    assert!(likes.rows < likes.offered);
    assert!(
        likes.notes[0].contains("the key (user_id) refuses"),
        "{:?}",
        likes.notes
    );
    let who = verdict.proof.questions.iter().find(|q| q.id == "who_liked");
    let who = who.expect("it was asked");
    assert!(
        !who.answered && who.message.contains("refuses"),
        "{}",
        who.message
    );
}

#[test]
fn a_missing_way_is_named() {
    let verdict = grade(
        &reference().replace("user_id       BIGINT NOT NULL REFERENCES users (id),", ""),
        None,
    );
    let page = verdict
        .proof
        .questions
        .iter()
        .find(|q| q.id == "profile_page");
    let page = page.expect("it was asked");
    assert!(
        page.message.contains("`tweets` has no way to its author"),
        "{}",
        page.message
    );
}

#[test]
fn no_answer_is_told_in_a_sentence() {
    for (text, expected) in [
        ("", "There is no table yet: write CREATE TABLE name (…)"),
        (
            "-- thinking",
            "There is no table yet: write CREATE TABLE name (…)",
        ),
        ("hello there", "No table could be read: line 1: "),
        ("SELECT 1", "No table could be read: line 1: "),
        ("CREATE TABLE (", "No table could be read: line 1: "),
    ] {
        let verdict = grade(text, None);
        assert!(!verdict.passed && verdict.score == 0.0, "{text}");
        assert!(
            verdict.message.starts_with(expected),
            "{text}: {}",
            verdict.message
        );
    }
}

#[test]
fn nothing_of_an_answer_is_run_but_names_and_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("out.csv");
    let evil = format!(
        "{}\nCOPY users TO '{}';
         INSERT INTO users SELECT * FROM read_csv('/etc/passwd');
         CREATE TABLE endless AS SELECT * FROM range(1000000000000) AS a, range(1000000000000) AS b;
         CREATE VIEW wide AS SELECT * FROM read_csv('/etc/passwd');
         CREATE TABLE trap (id BIGINT PRIMARY KEY DEFAULT (SELECT count(*) FROM range(1000000000000)), CHECK (id > (SELECT count(*) FROM range(1000000000000))));
         DROP SCHEMA reference CASCADE; DELETE FROM reference.tweet; ATTACH '{}' AS x;",
        reference(),
        file.display(),
        file.display(),
    );
    let verdict = grade(&evil, None);
    assert_eq!(
        missed(&verdict),
        Vec::<&str>::new(),
        "{:#?}",
        verdict.points
    );
    assert!(
        verdict
            .problems
            .iter()
            .any(|(_, p)| p.starts_with("COPY is no part"))
    );
    assert!(!file.exists());
    // And the ground is as it was.
    assert!(grade(&reference(), None).passed);
}

#[test]
fn a_thousand_tables_are_read_and_not_tried() {
    use std::fmt::Write;
    let mut many = reference();
    for n in 0..1_000 {
        writeln!(
            many,
            "CREATE TABLE extra_{n} (id BIGINT PRIMARY KEY, a INT);"
        )
        .expect("written");
    }
    let verdict = grade(&many, None);
    assert_eq!(missed(&verdict), ["answers"]);
    let reason = verdict.proof.failed.expect("a reason");
    assert!(reason.starts_with("1004 tables are not tried"), "{reason}");
}

#[test]
fn a_follow_up_asks_for_more_and_the_change_answers_it() {
    let before = grade(&reference(), Some("erase_a_person"));
    assert_eq!(missed(&before), ["erasable"]);
    assert!(!before.passed);
    let change = format!(
        "{}\nALTER TABLE users ADD COLUMN deleted_at TIMESTAMP;",
        reference()
    );
    assert!(grade(&change, Some("erase_a_person")).passed);
}

#[test]
fn the_difference_to_the_nearest_accepted_design_is_in_tables_and_columns() {
    let (_, drill) = catalog().drill(DRILL).expect("the drill");
    let design = drill.design().expect("a design");
    let own = design.accepted[2]
        .sql
        .replace("CREATE TABLE feed", "CREATE TABLE inbox")
        .replace(
            "liked_at TIMESTAMP NOT NULL,",
            "liked_at TIMESTAMP NOT NULL, device TEXT,",
        );
    let synonyms = &catalog().synonyms;
    assert_eq!(nearest(design, &own, synonyms), Some(2));
    let told = difference(design, &own, &design.accepted[2], synonyms);
    let only_theirs: Vec<_> = told.tables.iter().filter(|t| t.yours.is_none()).collect();
    let only_yours: Vec<_> = told.tables.iter().filter(|t| t.theirs.is_none()).collect();
    assert_eq!(only_theirs.len(), 1);
    assert_eq!(only_theirs[0].theirs.as_deref(), Some("feed"));
    assert_eq!(only_yours[0].yours.as_deref(), Some("inbox"));
    let likes = told
        .tables
        .iter()
        .find(|t| t.yours.as_deref() == Some("likes"));
    let extra = likes
        .expect("in both")
        .columns
        .iter()
        .find(|c| c.1.is_none());
    assert_eq!(extra, Some(&(Some("device".to_owned()), None)));
}

#[test]
fn a_drawing_that_is_asked_for_with_the_drill_is_made_and_no_cancel_takes_it_back() {
    let (pack, drill) = catalog().drill(DRILL).expect("the drill");
    let worker = DesignWorker::start(Arc::new(|| {})).expect("a thread");
    worker.submit(DesignJob::Open(OpenDesign {
        pack: Arc::clone(pack),
        drill: Arc::new(drill.clone()),
        lists: Arc::clone(&catalog().lists),
        synonyms: Arc::clone(&catalog().synonyms),
    }));
    worker.submit(DesignJob::Draw {
        text: reference(),
        is_anew: true,
    });
    worker.cancel();
    let mut events = std::iter::from_fn(|| worker.wait(Duration::from_secs(60)));
    let drawn = events.find_map(|event| match event {
        DesignEvent::Drawn { drawing, .. } => Some(drawing),
        _ => None,
    });
    assert_eq!(drawn.expect("it is drawn").scene.tables.len(), 4);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn a_design_that_was_cut_anywhere_gets_a_score_and_a_sentence(
        cuts in proptest::collection::vec((0.0..1.0_f64, 1..40_usize), 1..6)
    ) {
        let mut text = reference();
        for (place, length) in cuts {
            let at = (place * text.len() as f64) as usize;
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, "");
            }
        }
        let verdict = grade(&text, None);
        proptest::prop_assert!((0.0..=1.0 + 1e-9).contains(&verdict.score));
        proptest::prop_assert!(!verdict.message.is_empty());
        proptest::prop_assert!(verdict.points.iter().all(|p| !p.place.is_empty()), "{:?}", verdict.points);
    }
}
