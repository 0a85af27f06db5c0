/** The checks before a change of KMS, on the simulated Azure over HTTP with the real adapters. */
package dev.rekey.preflight;
