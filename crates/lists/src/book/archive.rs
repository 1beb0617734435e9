//! The parts of a workbook's archive, unpacked as they are read, and never to more than a list can be.

use std::collections::HashMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};

use flate2::{Crc, read::DeflateDecoder};
use zip::{CompressionMethod, ZipArchive};

use crate::error::ListError;

/// The most parts that an archive may have: a workbook has a few dozen.
const PARTS_MAX: usize = 10_000;

/// The most bytes to which one part may unpack: a full sheet of a hundred columns has a tenth of it.
const UNPACKED_MAX: u64 = 8 << 30;

/// From so many bytes on, a part may not unpack to more than [`RATIO_MAX`] times what it is packed: sheets of one word only unpack to
/// a few dozen times, what is made to fill a disk to a thousand.
const RATIO_FROM: u64 = 16 << 20;
const RATIO_MAX: u64 = 200;

/// The directory of an archive.
pub(super) struct Directory(HashMap<String, Entry>);

struct Entry {
    start: u64,
    packed: u64,
    crc: u32,
    method: CompressionMethod,
    is_locked: bool,
}

impl Directory {
    /// Reads the directory, at the end of the archive.
    pub(super) fn read<R: Read + Seek>(reader: R) -> Result<Self, ListError> {
        let mut archive = ZipArchive::new(reader).map_err(|error| match error {
            zip::result::ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
            _ => ListError::Damaged,
        })?;
        if archive.len() > PARTS_MAX {
            return Err(ListError::Unpacks);
        }
        let mut entries = HashMap::new();
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|_| ListError::Damaged)?;
            let name = file.name().map_err(|_| ListError::Damaged)?.replace('\\', "/");
            let entry = Entry {
                start: file.data_start().ok_or(ListError::Damaged)?,
                packed: file.compressed_size(),
                crc: file.crc32(),
                method: file.compression(),
                is_locked: file.encrypted(),
            };
            entries.insert(name.trim_start_matches('/').to_owned(), entry);
        }
        Ok(Self(entries))
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether there is a part whose name fits.
    pub(super) fn has_any(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.0.keys().any(|name| fits(name))
    }

    /// Begins to unpack a part; none where there is none.
    pub(super) fn part<R: Read + Seek>(
        &self,
        mut reader: R,
        name: &str,
    ) -> Result<Option<Part<R>>, ListError> {
        let Some(entry) = self.0.get(name) else { return Ok(None) };
        if entry.is_locked {
            return Err(ListError::Locked);
        }
        reader.seek(SeekFrom::Start(entry.start))?;
        let packed = reader.take(entry.packed);
        let bytes = match entry.method {
            CompressionMethod::STORE => Bytes::Stored(packed),
            CompressionMethod::DEFLATE => Bytes::Deflated(DeflateDecoder::new(BufReader::new(packed)).into()),
            _ => return Err(ListError::Damaged),
        };
        let part = Part {
            bytes,
            packed: entry.packed,
            unpacked: 0,
            crc: Crc::new(),
            wanted: entry.crc,
            trouble: None,
        };
        Ok(Some(part))
    }
}

/// A part that is being unpacked. Its bytes are checked against their sum at its end.
pub(super) struct Part<R> {
    bytes: Bytes<R>,
    packed: u64,
    unpacked: u64,
    crc: Crc,
    wanted: u32,
    trouble: Option<Trouble>,
}

enum Bytes<R> {
    Stored(Take<R>),
    Deflated(Box<DeflateDecoder<BufReader<Take<R>>>>),
}

#[derive(Clone, Copy)]
enum Trouble {
    Unpacks,
    Damaged,
}

impl<R> Part<R> {
    /// What went wrong while it was unpacked, where whoever read it could not hand it on.
    pub(super) fn trouble(&self) -> Option<ListError> {
        self.trouble.map(|trouble| match trouble {
            Trouble::Unpacks => ListError::Unpacks,
            Trouble::Damaged => ListError::Damaged,
        })
    }

    fn stop(&mut self, trouble: Trouble) -> io::Error {
        self.trouble = Some(trouble);
        io::ErrorKind::InvalidData.into()
    }
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.bytes {
            Bytes::Stored(reader) => reader.read(buffer),
            Bytes::Deflated(reader) => reader.read(buffer),
        };
        let length = match read {
            Ok(length) => length,
            // What is no stream of DEFLATE, or ends before its end.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
                ) =>
            {
                return Err(self.stop(Trouble::Damaged));
            }
            Err(error) => return Err(error),
        };
        if length == 0 && !buffer.is_empty() && self.crc.sum() != self.wanted {
            return Err(self.stop(Trouble::Damaged));
        }
        self.crc.update(&buffer[..length]);
        self.unpacked += length as u64;
        let is_bomb = self.unpacked > RATIO_FROM && self.unpacked / RATIO_MAX > self.packed;
        if is_bomb || self.unpacked > UNPACKED_MAX {
            return Err(self.stop(Trouble::Unpacks));
        }
        Ok(length)
    }
}
