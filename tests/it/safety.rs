//! Full disks, read-only files and several processes at once: clear errors, and the memory stays whole.

use jjak::store::{Error, Store};
use rusqlite::Connection;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

fn jjak(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jjak"));
    command.args(arguments).current_dir(folder.path()).env("JJAK_MEMORY", folder.path().join("memory.jjak"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    jjak(folder, arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).to_string()
}

/// A file of units, each of which names its number and the file.
fn units(folder: &TempDir, name: &str, count: usize) {
    let line =
        |number: usize| format!("{name}의 제{number}항을 심의하여 원안대로 의결하였다.\tItem {number} of {name} was passed as tabled.\n");
    std::fs::write(folder.path().join(name), (0..count).map(line).collect::<String>()).unwrap();
}

fn is_whole(path: &Path) -> u64 {
    let store = Store::open(path).unwrap();
    assert!(store.examine().unwrap().is_well());
    store.unit_count().unwrap()
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_grow_is_said_to_be_and_stays_whole() {
    for blocks in [100, 400, 900, 1_600, 2_500, 4_000] {
        let folder = tempfile::tempdir().unwrap();
        units(&folder, "first.tsv", 300);
        units(&folder, "second.tsv", 12_000);
        assert!(run(&folder, &["import", "first.tsv"]).status.success());
        // Writing beyond the limit is an error like that of a full disk, once the signal is ignored.
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_jjak"), "import", "second.tsv"]).current_dir(folder.path());
        let output = command.env("JJAK_MEMORY", folder.path().join("memory.jjak")).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {}", said(&output));
        assert!(said(&output).contains("memory.jjak: cannot be written further"), "{blocks}: {}", said(&output));
        let count = is_whole(&folder.path().join("memory.jjak"));
        assert!((300..=12_300).contains(&count), "{blocks}: {count} units");
        assert!(run(&folder, &["import", "second.tsv"]).status.success());
        assert_eq!(is_whole(&folder.path().join("memory.jjak")), 12_300, "{blocks}");
    }
}

/// A small disk, where the system lets one be made.
#[cfg(unix)]
struct Disk(TempDir);

#[cfg(unix)]
impl Disk {
    fn of(megabytes: usize) -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).stderr(Stdio::null()).status();
        mount.is_ok_and(|status| status.success()).then_some(Disk(folder))
    }
}

#[cfg(unix)]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_said_to_be_full_and_takes_nothing_away() {
    // Who may not mount has the limited files above.
    let Some(disk) = Disk::of(4) else { return };
    let (folder, memory) = (tempfile::tempdir().unwrap(), disk.0.path().join("memory.jjak"));
    units(&folder, "first.tsv", 300);
    units(&folder, "second.tsv", 30_000);
    let on_disk = |arguments: &[&str]| jjak(&folder, arguments).env("JJAK_MEMORY", &memory).output().unwrap();
    assert!(on_disk(&["import", "first.tsv"]).status.success());
    for _ in 0..2 {
        let output = on_disk(&["import", "second.tsv"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("memory.jjak: the disk is full"), "{}", said(&output));
    }
    assert!(on_disk(&["find", "first.tsv의 제7항을 심의하여 원안대로 의결하였다."]).status.success());
    let copy = folder.path().join("memory.jjak");
    let output = on_disk(&["backup", copy.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert!((300..30_300).contains(&is_whole(&copy)));
    assert!(run(&folder, &["import", "second.tsv"]).status.success());
    assert_eq!(is_whole(&copy), 30_300);
}

#[test]
#[cfg(unix)]
fn a_memory_that_may_not_be_written_is_read_all_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    units(&folder, "first.tsv", 10);
    assert!(run(&folder, &["import", "first.tsv"]).status.success());
    let allow = |mode| std::fs::set_permissions(folder.path().join("memory.jjak"), std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o444);
    if std::fs::OpenOptions::new().append(true).open(folder.path().join("memory.jjak")).is_err() {
        units(&folder, "second.tsv", 10);
        let output = run(&folder, &["import", "second.tsv"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("read-only"), "{}", said(&output));
    }
    assert!(run(&folder, &["find", "심의하여"]).status.success());
    allow(0o644);
    assert_eq!(is_whole(&folder.path().join("memory.jjak")), 10);
}

#[test]
fn several_processes_write_and_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["a.tsv", "b.tsv", "c.tsv"];
    names.iter().for_each(|name| units(&folder, name, 3_000));
    let writers: Vec<Child> = names.iter().map(|name| jjak(&folder, &["import", name]).spawn().unwrap()).collect();
    let readers: Vec<Child> = (0..3).map(|_| jjak(&folder, &["find", "--concordance", "심의"]).spawn().unwrap()).collect();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    for reader in readers {
        let output = reader.wait_with_output().unwrap();
        // Before the first writer has made the memory there is none.
        assert!(output.status.code() != Some(2) || said(&output).contains("found no file"), "{}", said(&output));
    }
    assert_eq!(is_whole(&folder.path().join("memory.jjak")), 9_000);
}

/// The moment at which a memory is made is short: many small tries meet it, one long one seldom does.
#[test]
fn who_comes_while_a_memory_is_being_made_takes_it_for_one() {
    for _ in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        units(&folder, "a.tsv", 3);
        let all: Vec<Child> = (0..8).map(|_| jjak(&folder, &["import", "a.tsv"]).spawn().unwrap()).collect();
        for one in all {
            let output = one.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", said(&output));
        }
        assert_eq!(is_whole(&folder.path().join("memory.jjak")), 3);
    }
}

#[test]
fn who_has_to_wait_is_told_and_readers_do_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    units(&folder, "first.tsv", 10);
    units(&folder, "second.tsv", 10);
    assert!(run(&folder, &["import", "first.tsv"]).status.success());
    let path = folder.path().join("memory.jjak");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; DELETE FROM terms").unwrap();
    assert!(run(&folder, &["find", "심의하여"]).status.success());
    let writer = jjak(&folder, &["import", "second.tsv"]).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    other.execute_batch("COMMIT").unwrap();
    let output = writer.wait_with_output().unwrap();
    assert!(output.status.success() && said(&output).contains("another process is writing; waiting"), "{}", said(&output));
    assert_eq!(is_whole(&path), 20);
}

#[test]
fn what_is_no_memory_is_never_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("memory.jjak"), "a letter to the editor ".repeat(50)).unwrap();
    units(&folder, "first.tsv", 10);
    assert_eq!(run(&folder, &["import", "first.tsv"]).status.code(), Some(2));
    assert!(matches!(Store::open(folder.path().join("memory.jjak")), Err(Error::Foreign { .. })));
    assert_eq!(std::fs::read_to_string(folder.path().join("memory.jjak")).unwrap(), "a letter to the editor ".repeat(50));
}
