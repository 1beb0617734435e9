//! `undersigned desk …`: one file a command.

mod add_petition;
mod backup;
mod client;
mod confirm;
mod correct_petition;
mod count;
mod decide;
mod decisions;
mod end_petition;
mod export;
mod kit_code;
mod kits;
mod ledger;
mod load_roll;
mod make_kit;
mod merge;
mod move_kit;
mod new;
mod notes;
mod petitions;
mod picture;
mod pin_reset_code;
mod publish;
mod pull;
mod qualify;
mod read_page;
mod restore;
mod revoke;
mod roll;
mod rotate;
mod set_endpoint;
mod status;
mod tables;
mod tally;
mod telling;
mod verify;

use clap::Subcommand;

use crate::{Ending, keys::Profile, output::Output};

#[derive(Subcommand)]
pub(crate) enum DeskCommand {
    /// Make a campaign: its keys, and a backup file under a passphrase
    New(new::Args),
    /// The campaign with its id, its endpoint, and what is here of it
    Status,
    /// Bring a campaign back from its backup file
    Restore(restore::Args),
    /// Where the backup lies and whether it is current; write another, or choose another passphrase
    Backup(backup::Args),
    /// Find the parts of a petition in a page: what was found where, and what was left over; nothing is added
    ReadPage(read_page::Args),
    /// Add a petition from a Markdown file
    AddPetition(add_petition::Args),
    /// Give a petition another text, as its next version; what was signed stands for the text that was signed
    CorrectPetition(correct_petition::Args),
    /// End a petition: tables show it to signers no more
    EndPetition(end_petition::Args),
    /// The petitions with their ids and counts
    Petitions,
    /// Make a kit for tables: a file, or a code for one table
    MakeKit(make_kit::Args),
    /// The code of a kit that was made with one
    KitCode(kit_code::Args),
    /// Move the date until which a kit is good
    MoveKit(move_kit::Args),
    /// Publish at the endpoint what tables do not know yet: petitions, keys, dates of kits
    Publish,
    /// End a kit or a table
    Revoke(revoke::Args),
    /// Seal to new keys in the kits made from now on
    Rotate,
    /// The kits with their ids and states
    Kits,
    /// What tables told beside signatures: what was struck as no one's, and their sheets with sums and pictures
    Notes,
    /// Write a picture of a paper sheet to a file that only you can read; personal data
    Picture(picture::Args),
    /// The code that sets a new PIN at the tables of a kit, for a volunteer who forgot it
    PinResetCode(pin_reset_code::Args),
    /// Name another endpoint for the kits made from now on, or none
    SetEndpoint(set_endpoint::Args),
    /// Pull from the endpoint and merge
    Pull,
    /// Merge batch files, in any order, any number of times
    Merge(merge::Args),
    /// Sign the tally and publish it at the endpoint
    Tally,
    /// The count that explains itself: of all, or of one petition
    Count(count::Args),
    /// The signatures, newest first; personal data
    Ledger(ledger::Args),
    /// The tables with their ids, and what is proven of each
    Tables,
    /// Let a held table in
    Confirm(confirm::Args),
    /// Verify every stored log again
    Verify,
    /// Say what a signature stands for, and why; it can be undone
    Decide(decide::Args),
    /// Write every decision to a file that only you can read, for another organizer of this campaign
    WriteDecisions(decisions::WriteArgs),
    /// Take in the decisions of another organizer of this campaign, in any order, any number of times
    TakeDecisions(decisions::TakeArgs),
    /// Load a roll: a list of those whose signatures count. It stays at this desk, encrypted, until it is deleted
    LoadRoll(load_roll::Args),
    /// The roll that is here
    Roll,
    /// Look up in the roll the signatures of a petition that it did not have before
    LookUp(roll::LookUpArgs),
    /// Whether so many as are required will be found valid, by the roll: of all, or of a sample that anybody can draw again
    Qualify(qualify::Args),
    /// Delete the roll; what was found stays
    DeleteRoll,
    /// Write the ledger as CSV
    Export(export::Args),
}

pub(crate) async fn run(command: DeskCommand, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    match command {
        DeskCommand::New(args) => new::run(&args, profile, output).await,
        DeskCommand::Status => status::run(profile, output),
        DeskCommand::Restore(args) => restore::run(&args, profile, output),
        DeskCommand::Backup(args) => backup::run(&args, profile, output),
        DeskCommand::ReadPage(args) => read_page::run(&args, output),
        DeskCommand::AddPetition(args) => add_petition::run(&args, profile, output),
        DeskCommand::CorrectPetition(args) => correct_petition::run(&args, profile, output),
        DeskCommand::EndPetition(args) => end_petition::run(&args, profile, output),
        DeskCommand::Petitions => petitions::run(profile, output),
        DeskCommand::MakeKit(args) => make_kit::run(&args, profile, output).await,
        DeskCommand::KitCode(args) => kit_code::run(&args, profile, output),
        DeskCommand::MoveKit(args) => move_kit::run(&args, profile, output),
        DeskCommand::Publish => publish::run(profile, output).await,
        DeskCommand::Revoke(args) => revoke::run(&args, profile, output).await,
        DeskCommand::Rotate => rotate::run(profile, output),
        DeskCommand::Kits => kits::run(profile, output),
        DeskCommand::Notes => notes::run(profile, output),
        DeskCommand::Picture(args) => picture::run(&args, profile, output),
        DeskCommand::PinResetCode(args) => pin_reset_code::run(&args, profile, output),
        DeskCommand::SetEndpoint(args) => set_endpoint::run(&args, profile, output).await,
        DeskCommand::Pull => pull::run(profile, output).await,
        DeskCommand::Merge(args) => merge::run(&args, profile, output),
        DeskCommand::Tally => tally::run(profile, output).await,
        DeskCommand::Count(args) => count::run(&args, profile, output),
        DeskCommand::Ledger(args) => ledger::run(&args, profile, output),
        DeskCommand::Tables => tables::run(profile, output),
        DeskCommand::Confirm(args) => confirm::run(&args, profile, output).await,
        DeskCommand::Verify => verify::run(profile, output),
        DeskCommand::Decide(args) => decide::run(&args, profile, output),
        DeskCommand::WriteDecisions(args) => decisions::write(&args, profile, output),
        DeskCommand::TakeDecisions(args) => decisions::take(&args, profile, output),
        DeskCommand::LoadRoll(args) => load_roll::run(&args, profile, output),
        DeskCommand::Roll => roll::show(profile, output),
        DeskCommand::LookUp(args) => roll::look_up(&args, profile, output),
        DeskCommand::Qualify(args) => qualify::run(&args, profile, output),
        DeskCommand::DeleteRoll => roll::delete(profile, output),
        DeskCommand::Export(args) => export::run(&args, profile, output),
    }
}
