//! Random exchanges with a real endpoint over HTTP: it answers what the model answers.
//!
//! `UNDERSIGNED_EXCHANGES` says how many; the short form is two thousand. `cargo xtask torture` does a hundred thousand.

mod wish;
mod world;

use std::{
    collections::BTreeMap,
    env,
    sync::{Mutex, atomic::Ordering},
};

use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};

use self::{
    wish::{Wish, any_wish, request},
    world::World,
};
use crate::{
    by_hand::NOW,
    model::{Answer, Model, Request},
};

/// Wishes with one endpoint: few enough for its rate limits.
const LENGTH: usize = 120;
/// So many of them at least are exchanges, on the average; the others let time pass.
const EXCHANGES: usize = 112;

/// How often each kind of answer came.
type Seen = Mutex<BTreeMap<String, usize>>;

fn kind(answer: &Answer) -> String {
    match answer {
        Answer::Stored { status, receipt, .. } if *receipt => format!("{status} with a receipt"),
        Answer::Stored { status, .. } => format!("{status} held"),
        Answer::Forked { .. } => "422 forked".to_owned(),
        Answer::Rewind { .. } => "409 rewind".to_owned(),
        Answer::Enrolled { admitted } => format!("enrolled, admitted: {admitted}"),
        Answer::Kept { news } => format!("a note, news: {news}"),
        Answer::Given { first } => format!("a sealed kit, first: {first}"),
        Answer::Pulled { .. } => "pulled".to_owned(),
        Answer::End => "204".to_owned(),
        Answer::Refused(status, code) => format!("{status} {code}"),
    }
}

async fn exchange(wishes: &[Wish], seen: &Seen) -> Result<(), TestCaseError> {
    let mut world = World::start().await;
    let mut model = Model::default();
    for (number, wish) in wishes.iter().enumerate() {
        // Most of what there is to say needs a campaign that is known.
        if number == 3 {
            let found = world.ask(&Request::Campaign, &model).await?;
            prop_assert_eq!(found, model.answer(&Request::Campaign));
        }
        match wish {
            Wish::Later(seconds) => {
                model.elapsed += seconds;
                world.clock.store(NOW + model.elapsed, Ordering::Relaxed);
            }
            Wish::Restart => world.restart().await,
            _ => {}
        }
        let Some(request) = request(wish, &model) else { continue };
        // What was stored before the request is what a fork is proven by, and what a pull gives.
        let found = world.ask(&request, &model).await?;
        let expected = model.answer(&request);
        *seen.lock().unwrap().entry(kind(&expected)).or_default() += 1;
        prop_assert_eq!(found, expected, "exchange {}: {:?}", number, request);
    }
    world.running.take().unwrap().stop().await;
    Ok(())
}

#[test]
fn an_endpoint_answers_as_the_protocol_says() {
    let exchanges: usize =
        env::var("UNDERSIGNED_EXCHANGES").ok().map_or(2_000, |number| number.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config {
        cases: exchanges.div_ceil(EXCHANGES) as u32,
        failure_persistence: None,
        ..Config::default()
    };
    let wishes = prop::collection::vec(any_wish(), LENGTH);
    let seen = Seen::default();
    TestRunner::new(config).run(&wishes, |wishes| runtime.block_on(exchange(&wishes, &seen))).unwrap();
    let seen = seen.into_inner().unwrap();
    println!("{} exchanges, none differs: {seen:?}", seen.values().sum::<usize>());
}
