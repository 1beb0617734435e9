//! `undersigned-endpoint`: serves a data folder.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Context;
use clap::{Parser, Subcommand};
use endpoint::{Bounds, Options, openapi, start};
use proof::CampaignId;
use tokio::{runtime::Builder, signal};
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
        /// Connections at once
        #[arg(long, value_name = "N", default_value_t = 2_048, value_parser = clap::value_parser!(u32).range(1..))]
        max_connections: u32,
        /// Memory for bodies and answers at once, beside 64 KiB for each connection, in MiB
        #[arg(long, value_name = "MIB", default_value_t = 96, value_parser = clap::value_parser!(u32).range(64..=65_536))]
        max_memory: u32,
        /// Campaigns that are taken without being named
        #[arg(long, value_name = "N", default_value_t = 1_000)]
        max_campaigns: u64,
    },
    /// Print the OpenAPI document
    Openapi,
}

/// Threads for what is computed and read from the disk. More than these only wait for each other.
const BLOCKING_THREADS: usize = 32;
/// What is left of them when all is stored is not waited for.
const LAST: Duration = Duration::from_secs(1);

#[expect(clippy::print_stderr, reason = "the one line that says why it ends")]
fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("undersigned-endpoint: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "the document is what is asked for")]
fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Openapi => println!("{}", openapi()?),
        Command::Serve { data, listen, allow, max_connections, max_memory, max_campaigns } => {
            let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
            tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
            let bounds = Bounds {
                connections: usize::try_from(max_connections)?,
                memory: usize::try_from(max_memory)? << 20,
                campaigns: max_campaigns,
                ..Bounds::default()
            };
            let runtime =
                Builder::new_multi_thread().enable_all().max_blocking_threads(BLOCKING_THREADS).build()?;
            let served =
                runtime.block_on(serve(Options { data, listen, allow, bounds, ..Options::default() }));
            runtime.shutdown_timeout(LAST);
            served?;
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "where it listens is its answer")]
async fn serve(options: Options) -> anyhow::Result<()> {
    // Heard from before anybody is told that it listens.
    let asked_to_end = asked_to_end()?;
    let running = start(options).await.context("cannot start")?;
    println!("{}", running.said());
    asked_to_end.await;
    running.stop().await;
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
