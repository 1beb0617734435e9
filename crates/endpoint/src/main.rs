//! `undersigned-endpoint`: serves a data folder.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};
use endpoint::{Options, openapi, start};
use proof::CampaignId;
use tokio::signal;
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "undersigned-endpoint", version, about = "The collection server of Undersigned")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a data folder; its address is printed as one line of JSON once it listens
    Serve {
        /// The folder for everything that it keeps
        #[arg(long)]
        data: PathBuf,
        /// Where to listen; port 0 lets the system pick one
        #[arg(long, default_value = "127.0.0.1:8340")]
        listen: SocketAddr,
        /// Take only these campaigns; without it, any that proves its root key
        #[arg(long = "allow-campaign")]
        allow: Vec<CampaignId>,
    },
    /// Print the OpenAPI document
    Openapi,
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "both commands answer by printing")]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Openapi => println!("{}", openapi()?),
        Command::Serve { data, listen, allow } => {
            let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
            tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
            // Heard from before anybody is told that it listens.
            let asked_to_end = asked_to_end()?;
            let running = start(Options { data, listen, allow, ..Options::default() })
                .await
                .context("the endpoint cannot start")?;
            println!("{}", running.said());
            asked_to_end.await;
            running.stop().await;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn asked_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    use signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async { drop(signal::ctrl_c().await) })
}
