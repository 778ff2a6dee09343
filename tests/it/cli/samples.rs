//! The files of sample_data: made by the commands its README shows.

use std::path::PathBuf;

use super::*;

fn sample_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

/// The commands of the first code block, word by word, without the program's name.
fn commands() -> Vec<Vec<String>> {
    let readme = std::fs::read_to_string(sample_data().join("README.md")).expect("a README");
    let block = readme.split("```").nth(1).expect("a code block");
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let words = line.split_whitespace().map(str::to_owned);
            let words: Vec<String> = words.collect();
            assert_eq!(words[0], "crowsfoot", "{line}");
            words[1..].to_vec()
        })
        .collect()
}

/// Runs a command with `sample_data/` replaced by another folder; returns what it was to make.
fn made_again(command: &[String], folder: &Path) -> String {
    let mut args: Vec<String> = command.to_vec();
    let into = args.iter().position(|a| a.starts_with("sample_data/"));
    let into = into.expect("a command that makes a sample");
    let name = args[into].replace("sample_data/", "");
    let target = folder.join(&name);
    std::fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
    if args[into - 1] == ">" {
        args.truncate(into - 1);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        std::fs::write(&target, run(&args).well().stdout).expect("written");
    } else {
        args[into] = path(&target).to_owned();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        run(&args).well();
    }
    name
}

/// All tables of a DuckDB file as CSV.
fn contents(file: &Path) -> Vec<(String, Vec<u8>)> {
    let file = path(file);
    let names = "SELECT table_name FROM duckdb_tables() ORDER BY 1";
    let names = run(&["query", file, names, "--format", "csv"])
        .well()
        .text();
    names
        .lines()
        .skip(1)
        .map(|name| {
            let sql = format!("SELECT * FROM \"{name}\" ORDER BY ALL");
            let rows = run(&["query", file, &sql, "--format", "csv"]).well();
            (name.to_owned(), rows.stdout)
        })
        .collect()
}

#[test]
fn every_sample_can_be_made_again_by_its_documented_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut names: Vec<String> = commands()
        .iter()
        .map(|command| made_again(command, folder.path()))
        .collect();
    for name in &names {
        let (stored, again) = (sample_data().join(name), folder.path().join(name));
        if name.ends_with(".duckdb") {
            assert_eq!(contents(&again), contents(&stored), "{name}");
        } else if stored.is_file() {
            let bytes = |file: &Path| std::fs::read(file).expect("a file");
            assert!(
                bytes(&again) == bytes(&stored),
                "{name} is another file now"
            );
        } else {
            let mut files = 0;
            for entry in std::fs::read_dir(&stored).expect("a folder").flatten() {
                let bytes = |file: &Path| std::fs::read(file).expect("a file");
                let again = again.join(entry.file_name());
                assert!(bytes(&again) == bytes(&entry.path()), "{:?}", entry.path());
                files += 1;
            }
            assert_eq!(again.read_dir().expect("a folder").count(), files, "{name}");
        }
    }
    names.push("README.md".to_owned());
    names.sort_unstable();
    let mut there: Vec<String> = std::fs::read_dir(sample_data())
        .expect("the samples")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    there.sort_unstable();
    assert_eq!(there, names, "nothing lies there that no command makes");
}

#[test]
fn every_sample_can_be_opened() {
    for command in commands() {
        let sample = command.iter().find(|a| a.starts_with("sample_data/"));
        let sample = sample.expect("a sample").replace("sample_data/", "");
        let file = sample_data().join(&sample);
        let layout = run(&["layout", path(&file)]).well().json();
        let tables = layout["tables"].as_array().expect("tables");
        assert!(!tables.is_empty(), "{sample}");
    }
}
