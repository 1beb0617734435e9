// What the page about the program shows in the mock.

export const licences = {
  parts: ['anyhow', 'inter (font)', 'rusqlite', 'serde', 'sqlcipher-src', 'svelte', 'tauri', 'uuid'].map(
    (name, index) => ({
      name,
      version: name.includes('font') ? null : `1.${index}.0`,
      licence: name.includes('font') ? 'OFL-1.1' : 'MIT',
      text: 0,
    }),
  ),
  texts: ['Permission is hereby granted, free of charge, to any person obtaining a copy of this software …'],
}

export const diagnostics = JSON.stringify(
  {
    'made at': '2026-11-26T18:02:11Z',
    version: '0.1.0',
    system: 'Debian GNU/Linux 12 (bookworm)',
    processor: 'x86_64',
    'web view': '2.50.6',
    folder: '~/.local/share/org.undersigned.desktop',
    'kiosk is open': false,
    table: { schema: 3, petitions: 2, sending: 'done', counts: { saved: 143, received: 143, waiting: 0 } },
    desk: 'desk/none',
    'files, in bytes': {
      'table/table.db': 1421312,
      'table/table.db-wal': 0,
      'desk/desk.db': null,
      'desk/desk.db-wal': null,
    },
    'last failures': [],
    'last lines of the log': [],
  },
  null,
  2,
)
