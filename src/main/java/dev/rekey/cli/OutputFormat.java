package dev.rekey.cli;

/** How results are printed. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** The evidence document, alone on standard output; progress goes to standard error. */
  JSON
}
