package dev.rekey.operation;

import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Restoration;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Search;
import dev.rekey.reencryption.ServerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing to carry out. Each can be carried out again after a crash without harm. */
public sealed interface Effect {

  /**
   * Notes that no check stands against the operation.
   *
   * @param concerns what somebody should know of all the same
   * @param restorations what makes the versions in the slots usable; none where they are
   * @param dropped what was seen of the version that is to be brought back; null where none is
   */
  record NoteChecked(
      List<Concern> concerns, List<Restoration> restorations, @Nullable DroppedKey dropped)
      implements Effect {
    public NoteChecked {
      concerns = List.copyOf(concerns);
      restorations = List.copyOf(restorations);
    }

    public NoteChecked(List<Concern> concerns) {
      this(concerns, List.of());
    }

    public NoteChecked(List<Concern> concerns, List<Restoration> restorations) {
      this(concerns, restorations, null);
    }
  }

  /**
   * Looks at each Secret by a dry run, for those that can't be decrypted, before a dropped key
   * version is brought back.
   */
  record LookForUnreadable() implements Effect {}

  /** Notes that it can't be counted what lies under which key, which makes another plan of it. */
  record NoteNotCountable() implements Effect {}

  /** Makes a key version usable again. */
  record RestoreKey(Restoration restoration) implements Effect {}

  /** Lists all Secrets, metadata only, and stores the shards of a new pass. */
  record ListSecrets(Pass pass) implements Effect {}

  /**
   * Sends a few real empty patches over fresh connections, to see which key each replica writes
   * with.
   */
  record FindWriteKeys(String passId) implements Effect {}

  /** Predicts how long a rewrite will take, by dry-run patches of a few of its Secrets. */
  record MakeEstimate(String passId) implements Effect {}

  /** Takes the scrape that the pass is measured from. */
  record BeginPass(String passId) implements Effect {}

  /** Gives shards to workers, each with a share of the requests in flight. */
  record Dispatch(String passId, List<Integer> shards, int share) implements Effect {}

  /** Adds up the tallies and takes the last scrape. */
  record EndPass(String passId) implements Effect {}

  /** Reads the counters before a count and after it, while nothing of ours is under way. */
  record ReadQuietly(String passId) implements Effect {}

  /** Notes how far the search for Secrets under other keys has come. */
  record NoteSearch(Search search) implements Effect {}

  /**
   * Notes in the ledger that every Secret is proved to lie under the key, or plain, while ARM
   * showed this ETag.
   *
   * @param settings those that everything lies as they say
   * @param orUnder what Secrets may lie under too; null if there is none
   */
  record NoteProved(KmsSettings settings, String etag, @Nullable KeyIdHash orUnder)
      implements Effect {}

  /**
   * Notes in the ledger that the target may be in a slot, then asks ARM for it.
   *
   * @param servers the API servers as they are before; empty where a key will show the change
   */
  record UpdateCluster(KmsSettings from, KmsSettings to, String etag, List<ServerState> servers)
      implements Effect {
    public UpdateCluster {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Asks ARM to upgrade Kubernetes on the control plane, and on no node.
   *
   * @param etag the state of the cluster that everything is proved plain for
   */
  record UpgradeKubernetes(KubernetesVersion to, String etag) implements Effect {}

  /** Asks ARM to open a vault to the public, or to close it. */
  record UpdateVault(String vaultResourceId, NetworkAccess access) implements Effect {}

  /** Notes what a phase has proved, and brings the ledger up to date; the next phase begins. */
  record FinishPhase(String name) implements Effect {}

  /** Stores the evidence, brings the ledger up to date, gives up the lock. */
  record Finish() implements Effect {}
}
