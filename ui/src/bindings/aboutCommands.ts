// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { invoke } from "@tauri-apps/api/core";
import type { About } from "./About";
import type { Licences } from "./Licences";

/** What this program is, and where its data lies. */
export const about = () => invoke<About>("about");

/** What others made and is a part of the program, with its licences. Nothing where the pages come from a development server. */
export const licences = () => invoke<Licences>("licences");

/** What may be told to others when something is wrong, for the person to read before anybody else does. */
export const diagnostics = () => invoke<string>("diagnostics");

/** Writes the diagnostics into a folder, by its token; gives the file's path. */
export const saveDiagnostics = (folder: string) => invoke<string>("save_diagnostics", { folder });
