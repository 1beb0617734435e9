//! What every back end of the storage must do, each test once for each back end: its contract is the documentation of
//! [`endpoint::storage`]. A further back end is a further line at the end of this file.
#![expect(clippy::unwrap_used, reason = "tests")]

mod contract;

use std::{sync::Arc, thread::JoinHandle};

use endpoint::storage::{Storage, sqlite::Sqlite};
use tempfile::TempDir;

use contract::BackEnd;

/// SQLite: one process holds the folder, so its second writer is the same instance, from another task.
struct OnSqlite {
    folder: TempDir,
    storage: Arc<Sqlite>,
    thread: JoinHandle<()>,
}

impl OnSqlite {
    fn open(folder: TempDir) -> Self {
        let (storage, thread) = Sqlite::open(folder.path()).unwrap();
        Self { folder, storage: Arc::new(storage), thread }
    }
}

impl BackEnd for OnSqlite {
    async fn new() -> Self {
        Self::open(tempfile::tempdir().unwrap())
    }

    fn instance(&self) -> Arc<dyn Storage> {
        self.storage.clone()
    }

    async fn restarted(self) -> Self {
        let Self { folder, storage, thread } = self;
        drop(storage);
        tokio::task::spawn_blocking(move || thread.join()).await.unwrap().unwrap();
        Self::open(folder)
    }
}

macro_rules! keeps_the_contract {
    ($name:ident, $back_end:ty) => {
        mod $name {
            keeps_the_contract! { $back_end:
                campaigns::a_campaign_is_taken_once_and_there_are_no_more_than_may_be,
                campaigns::a_revocation_is_taken_once_and_reaches_table_and_kit,
                campaigns::of_each_kind_of_numbered_notes_the_newest_is_kept,
                batches::every_row_of_the_protocol_is_told_and_what_is_refused_changes_nothing,
                batches::what_is_held_waits_for_the_organizers_word_that_may_come_first,
                batches::what_is_held_has_a_quota,
                batches::what_is_pulled_is_what_came_in_parts_that_begin_and_end_at_checkpoints,
                batches::what_was_answered_is_there_after_a_restart,
                deposits::a_sealed_kit_is_given_to_one_claimer_also_after_a_restart,
                deposits::of_two_who_claim_at_once_one_has_it,
                deposits::what_is_over_or_revoked_is_given_to_nobody_and_makes_room,
                races::two_writers_of_one_log_store_each_entry_once,
                races::of_two_that_go_on_differently_one_is_stored_and_the_other_is_told,
                races::of_two_that_are_the_same_one_is_told_that_it_was_known,
                races::the_last_place_of_a_kit_is_given_to_one_table,
                races::of_two_tallies_of_one_number_one_is_the_newest,
                races::the_last_campaign_is_one,
            }
        }
    };
    ($back_end:ty: $($group:ident::$test:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                crate::contract::$group::$test::<$back_end>().await;
            }
        )*
    };
}

keeps_the_contract!(sqlite, crate::OnSqlite);
