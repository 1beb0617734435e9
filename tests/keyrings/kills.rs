//! `kill -9` while keys are put into the keyring, and while those of the first form are moved over.

use std::{env, fs};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use system_tests::{CommandLine, Computer};

use crate::{Street, code};

fn kills() -> usize {
    env::var("UNDERSIGNED_KILLS").ok().map_or(10, |count| count.parse().unwrap())
}

/// Kills at moments around that at which a command has done its work, which it finds out.
struct Killer {
    rng: StdRng,
    turns: f64,
}

impl Killer {
    fn new() -> Self {
        let seed = env::var("UNDERSIGNED_SEED")
            .ok()
            .map_or_else(|| rand::rng().random(), |seed| seed.parse().unwrap());
        println!("UNDERSIGNED_SEED={seed}");
        Self { rng: StdRng::seed_from_u64(seed), turns: 1_000_000.0 }
    }

    /// Starts a command and kills it after a random while, without waiting for a clock.
    fn kill(&mut self, line: &CommandLine<'_>, arguments: &[&str]) {
        let started = line.start(arguments).unwrap();
        let mut turns = self.turns * self.rng.random_range(0.5..1.5);
        while turns > 0.0 {
            std::hint::spin_loop();
            turns -= 1.0;
        }
        started.kill().unwrap();
    }

    /// Comes earlier where the command had done its work, later where it had not.
    fn learn(&mut self, was_done: bool) {
        self.turns *= if was_done { 0.7 } else { 1.6 };
    }
}

#[tokio::test]
async fn a_set_up_killed_at_any_moment_is_there_or_is_made_again() {
    let street = Street::on(Computer::start().await.unwrap());
    let mut killer = Killer::new();
    let mut whole = 0;
    for number in 0..kills() {
        let line = CommandLine::on(&street.computer, &street.computer.profile(&format!("killed-{number}")));
        killer.kill(&line, &["table", "open-kit", &street.kit()]);
        let status = line.end(&["table", "status"], "").unwrap();
        killer.learn(status.code == Some(0));
        if status.code == Some(0) {
            whole += 1;
            continue;
        }
        assert_eq!(code(&status.error), "table/none");
        street.open_kit(&line).unwrap();
        line.run(&["table", "status"]).unwrap();
    }
    println!("{} kills, {whole} whole, the others made again", kills());
}

#[tokio::test]
async fn keys_whose_move_is_killed_at_any_moment_are_all_there() {
    let street = Street::with_table().await;
    street.line().run_with_input(&["table", "sign"], &(street.campaign.draft(1) + "\n")).unwrap();
    let mut killer = Killer::new();
    let mut moved = 0;
    for _ in 0..kills() {
        let first_form = street.make_first_form();
        killer.kill(&street.line(), &["table", "status"]);
        let was_moved = fs::read_to_string(street.profile.join("keyring-item")).unwrap() != first_form;
        killer.learn(was_moved);
        moved += usize::from(was_moved);
        assert_eq!(street.saved(), 1);
    }
    println!("{} kills, {moved} moved before", kills());
}
