//! `undersigned table …`: one file a command.

mod carry;
mod client;
mod kit_time;
mod new_generation;
mod news;
mod open_kit;
mod petitions;
mod problem_words;
mod readiness;
mod recovery;
mod report;
mod room;
mod send;
mod set_pin;
mod sheet;
mod shift;
mod sign;
mod status;
mod strike;
mod upload;

use clap::Subcommand;

use crate::{Ending, keys::Profile, output::Output};

#[derive(Subcommand)]
pub(crate) enum TableCommand {
    /// Set this computer up as a table: from a kit file, which needs no network, or by the code of a kit
    OpenKit(open_kit::Args),
    /// Set or change the PIN that takes the table back from signers
    SetPin(set_pin::Args),
    /// The petitions that people can sign here, with their ids
    Petitions,
    /// What the organizer changed over the network since this was last asked
    News,
    /// What is looked at before a shift, and the log as it is: the zero report
    Readiness,
    /// Nobody practises at this table any more, where the window ended in the middle of it
    EndPractice,
    /// Start a shift
    StartShift(shift::StartArgs),
    /// Nobody signs until the shift goes on
    PauseShift,
    /// The shift goes on after a pause
    ResumeShift,
    /// The table goes into other hands in the middle of a shift
    HandOver(shift::HandOverArgs),
    /// End the shift: its closing record, which the organizer gets under seal
    EndShift(shift::EndArgs),
    /// The report of a closed shift, with what has been received since
    Report(report::Args),
    /// Sign: drafts as JSON on stdin, one a line; each is answered by one line once it is durable
    Sign(sign::Args),
    /// Enter a paper sheet: its lines as JSON on stdin; all of it is saved, or nothing
    EnterSheet(sheet::Args),
    /// Drop the paper sheet that was being typed when the program ended
    DropSheet,
    /// The newest signatures of the shift, by their places in the table's log
    Newest,
    /// Tell the organizer that a signature of this shift was plainly no one's; nothing is removed
    Strike(strike::Args),
    /// The words that bring this table back where the keyring has lost its key: for paper, and for nobody else's eyes
    RecoveryWords(recovery::WordsArgs),
    /// Bring this table back by its recovery words, where its keys are lost
    Recover(recovery::RecoverArgs),
    /// This computer was restored or copied: go on in a new generation of the table's log, that no other computer writes
    NewGeneration,
    /// What is saved, received and waiting
    Status,
    /// What takes room on the disk, and what of it can be given up
    Room,
    /// Erase what the organizer has opened and the endpoint stores, and give its room back to the disk
    MakeRoom,
    /// Send everything to the endpoint
    Send,
    /// Write batch files of what is not received yet, for carrying by hand
    Carry(carry::Args),
    /// Send batch files of any table to the endpoint of this table's kit
    Upload(upload::Args),
}

pub(crate) async fn run(command: TableCommand, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    match command {
        TableCommand::OpenKit(args) => open_kit::run(&args, profile, output).await,
        TableCommand::SetPin(args) => set_pin::run(&args, profile, output),
        TableCommand::Petitions => petitions::run(profile, output),
        TableCommand::News => news::run(profile, output),
        TableCommand::StartShift(args) => shift::start(&args, profile, output),
        TableCommand::Readiness => readiness::run(profile, output).await,
        TableCommand::EndPractice => shift::end_practice(profile, output),
        TableCommand::PauseShift => shift::pause(profile, output),
        TableCommand::ResumeShift => shift::resume(profile, output),
        TableCommand::HandOver(args) => shift::hand_over(&args, profile, output),
        TableCommand::EndShift(args) => shift::end(&args, profile, output),
        TableCommand::Report(args) => report::run(&args, profile, output),
        TableCommand::Sign(args) => sign::run(&args, profile, output),
        TableCommand::EnterSheet(args) => sheet::enter(&args, profile, output),
        TableCommand::DropSheet => sheet::drop(profile, output),
        TableCommand::Newest => strike::newest(profile, output),
        TableCommand::Strike(args) => strike::strike(&args, profile, output),
        TableCommand::RecoveryWords(args) => recovery::words(&args, profile, output),
        TableCommand::Recover(args) => recovery::recover(&args, profile, output),
        TableCommand::NewGeneration => new_generation::run(profile, output),
        TableCommand::Status => status::run(profile, output),
        TableCommand::Room => room::room(profile, output),
        TableCommand::MakeRoom => room::make_room(profile, output),
        TableCommand::Send => send::run(profile, output).await,
        TableCommand::Carry(args) => carry::run(&args, profile, output),
        TableCommand::Upload(args) => upload::run(&args, profile, output).await,
    }
}
