/**
 * How fast Secrets are rewritten, and what that costs others: Rekey beside the ways that there are
 * already, on one real API server in one run. {@code mvn -q -Pbenchmark verify} runs it.
 */
package dev.rekey.benchmark;
