//! The kit this table works by.

use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// The kit this table works by.
#[derive(Debug, Serialize, TS)]
pub(crate) struct KitView {
    /// The campaign's name.
    pub campaign: String,
    /// The campaign's id, which is also its key's fingerprint.
    pub campaign_id: String,
    /// The kit's label.
    pub label: String,
    /// Endpoint address, if any.
    pub endpoint: Option<String>,
    /// Unix seconds.
    pub until: i64,
    /// Titles of its petitions.
    pub petitions: Vec<String>,
    /// The number of the newest update that was taken over the network; 0 before the first.
    pub update: u64,
}

/// Somebody has read what the organizer changed.
#[tauri::command]
pub(crate) async fn read_news(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).read_news()?)).await
}

/// The kit this table works by.
#[tauri::command]
pub(crate) async fn kit_info(seats: State<'_, Seats>) -> Result<KitView, Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            let table = guard(&seat.table);
            let kit = table.kit();
            Ok(KitView {
                campaign: kit.campaign_name.clone(),
                campaign_id: kit.campaign.to_string(),
                label: kit.label.clone(),
                endpoint: kit.endpoint.as_ref().map(|endpoint| endpoint.url.clone()),
                until: kit.until,
                update: table.update(),
                petitions: table.petitions().iter().map(|petition| petition.title().to_owned()).collect(),
            })
        })
        .await
}
