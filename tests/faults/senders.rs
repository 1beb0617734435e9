//! Tables that send side by side, each in batches of a size of its own, and note what they are told.

use std::time::Duration;

use fixtures::{Campaign, NumberedLog};
use system_tests::eventually;
use tokio::task::JoinSet;
use wire::{Client, SendAnswer};

/// A table that is refused so many times in a row takes the disk for full.
const PATIENCE: u32 = 4;

pub(crate) struct Senders {
    campaign: Campaign,
    tables: Vec<Sender>,
}

pub(crate) struct Sender {
    pub(crate) table: NumberedLog,
    /// What the largest receipt covers.
    pub(crate) received: u64,
    /// What is to be sent in all.
    signed: u64,
    size: u64,
}

#[derive(Default)]
pub(crate) struct Told {
    /// Answers that were no receipt.
    pub(crate) faults: u64,
}

impl Senders {
    /// One for each size of a batch.
    pub(crate) fn new(sizes: &[u64]) -> Self {
        let campaign = Campaign::new(1);
        let tables = sizes.iter().zip(0..).map(|(size, number)| {
            let table = NumberedLog::new(&campaign, number);
            Sender { table, received: 0, signed: 0, size: *size }
        });
        let tables = tables.collect();
        Self { campaign, tables }
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = &Sender> {
        self.tables.iter()
    }

    /// Each signs so many batches more, and sends them until all is received or the disk seems full.
    pub(crate) async fn send_rounds(&mut self, client: &Client, rounds: u64) -> Told {
        self.tables.iter_mut().for_each(|sender| sender.signed += rounds * sender.size);
        if !self.tell_the_campaign(client).await {
            return Told { faults: 1 };
        }
        let mut sending = JoinSet::new();
        for mut sender in self.tables.drain(..) {
            let client = client.clone();
            sending.spawn(async move {
                let (mut faults, mut in_a_row) = (0, 0);
                while sender.received < sender.signed && in_a_row < PATIENCE {
                    in_a_row = if sender.send(&client).await { 0 } else { in_a_row + 1 };
                    faults += u64::from(in_a_row > 0);
                }
                (sender, faults)
            });
        }
        let mut told = Told::default();
        while let Some(sent) = sending.join_next().await {
            let (sender, faults) = sent.unwrap();
            self.tables.push(sender);
            told.faults += faults;
        }
        told
    }

    /// Sends until there is a receipt for all that was signed.
    pub(crate) async fn send_until_received(&mut self, client: &Client) {
        let within = Duration::from_secs(60);
        eventually("the campaign to be known", within, async || {
            Ok(self.tell_the_campaign(client).await.then_some(()))
        })
        .await
        .unwrap();
        for sender in &mut self.tables {
            eventually("a receipt for all", within, async || {
                while sender.received < sender.signed && sender.send(client).await {}
                Ok((sender.received >= sender.signed).then_some(()))
            })
            .await
            .unwrap();
        }
    }

    /// Asks for a receipt of what was received already: whatever was lost is found.
    pub(crate) async fn check_nothing_is_asked_for_again(&mut self, client: &Client) {
        for sender in &mut self.tables {
            let (bytes, checkpoint) = sender.table.batch(sender.received, sender.received);
            let answer = client.send_batch(bytes, &checkpoint).await;
            assert!(matches!(answer, SendAnswer::Received { .. }), "{answer:?} at {}", sender.received);
        }
    }

    /// Says whether the endpoint knows it now.
    async fn tell_the_campaign(&self, client: &Client) -> bool {
        client.put_campaign(self.campaign.id, self.campaign.about().note()).await.is_ok()
    }
}

impl Sender {
    /// Sends the next batch. Says whether it was received.
    async fn send(&mut self, client: &Client) -> bool {
        let to = self.signed.min(self.received + self.size);
        let (bytes, checkpoint) = self.table.batch(self.received, to);
        match client.send_batch(bytes, &checkpoint).await {
            SendAnswer::Received { receipt, stored_size } => {
                assert_eq!(receipt.size(), to);
                assert!(stored_size >= to, "a receipt for {to}, and {stored_size} stored");
                self.received = to;
                true
            }
            SendAnswer::Busy { .. } | SendAnswer::Unreachable { .. } => false,
            // A rewind behind what was received, a fork of an honest log, a broken batch: none may be.
            answer => unreachable!("{answer:?} for {}..{to} of {}", self.received, self.table.origin()),
        }
    }
}
