package dev.rekey.operation;

/** What can be observed. A step names the kinds that it decides on; nothing else is asked for. */
public enum FactKind {
  /** The cluster in ARM. */
  CLUSTER,
  /** How the accepted ARM update stands. */
  UPDATE,
  /** The versions of the cluster's key in the vault. */
  VERSIONS,
  /** The vault in ARM. */
  VAULT,
  /** Whether Secrets can be listed. */
  ACCESS,
  /** What the checks find in all that lies around the cluster, {@link #ACCESS} with it. */
  PREFLIGHT,
  /** A sample of each live API server. */
  SCRAPE,
  /** The shards of the running pass. */
  SHARDS,
  /** When the cluster's maintenance window is open; {@link #CLUSTER} comes before it. */
  WINDOW
}
