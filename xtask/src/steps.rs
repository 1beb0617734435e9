//! Steps that say what they do and how long it took.

use std::time::{Duration, Instant};

/// The steps of one command, in order.
#[derive(Default)]
pub(crate) struct Steps {
    taken: Vec<(String, Duration)>,
}

impl Steps {
    /// Takes a step: its name is said before, its time after.
    pub(crate) fn step<T>(
        &mut self,
        name: &str,
        work: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        println!("\n== {name}");
        let start = Instant::now();
        let done = work();
        let took = start.elapsed();
        self.taken.push((name.to_owned(), took));
        if done.is_ok() {
            println!("   done in {}", human(took));
        }
        done
    }

    /// Says what each step took.
    pub(crate) fn say_times(&self) {
        println!("\n== Times");
        for (name, took) in &self.taken {
            println!("{:>10}  {name}", human(*took));
        }
        println!("{:>10}  in all", human(self.taken.iter().map(|(_, took)| *took).sum()));
    }
}

fn human(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}
