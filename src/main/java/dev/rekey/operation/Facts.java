package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Shard;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was observed just now, with our own records. A part that no step asked for is null or empty.
 *
 * @param cluster the cluster in ARM
 * @param vault the vault in ARM
 * @param update how the accepted update stands
 * @param versions the versions of the cluster's key
 * @param scrape a sample of each live API server
 * @param shards the shards of the running pass, without their Secrets
 * @param preflight what the checks have found in all that lies around the cluster
 * @param opening when the cluster's maintenance window lets a change begin
 */
public record Facts(
    Instant now,
    Operation operation,
    Ledger ledger,
    @Nullable ManagedCluster cluster,
    @Nullable VaultResource vault,
    @Nullable UpdateProgress update,
    List<KeyVersion> versions,
    @Nullable Scrape scrape,
    List<Shard> shards,
    @Nullable List<Finding> preflight,
    @Nullable Opening opening) {

  /** Before what the checks have found, in a fingerprint that rests on them too. */
  private static final String AGAINST = " against:";

  public Facts {
    versions = List.copyOf(versions);
    shards = List.copyOf(shards);
    preflight = preflight == null ? null : List.copyOf(preflight);
  }

  public static Facts known(Instant now, Operation operation, Ledger ledger) {
    return new Facts(
        now, operation, ledger, null, null, null, List.of(), null, List.of(), null, null);
  }

  public Facts with(ManagedCluster seen) {
    return new Facts(
        now, operation, ledger, seen, vault, update, versions, scrape, shards, preflight, opening);
  }

  public Facts with(VaultResource seen) {
    return new Facts(
        now, operation, ledger, cluster, seen, update, versions, scrape, shards, preflight,
        opening);
  }

  public Facts with(UpdateProgress seen) {
    return new Facts(
        now, operation, ledger, cluster, vault, seen, versions, scrape, shards, preflight, opening);
  }

  public Facts withVersions(List<KeyVersion> seen) {
    return new Facts(
        now, operation, ledger, cluster, vault, update, seen, scrape, shards, preflight, opening);
  }

  public Facts with(Scrape seen) {
    return new Facts(
        now, operation, ledger, cluster, vault, update, versions, seen, shards, preflight, opening);
  }

  public Facts withShards(List<Shard> seen) {
    return new Facts(
        now, operation, ledger, cluster, vault, update, versions, scrape, seen, preflight, opening);
  }

  public Facts withPreflight(List<Finding> seen) {
    return new Facts(
        now, operation, ledger, cluster, vault, update, versions, scrape, shards, seen, opening);
  }

  public Facts with(Opening seen) {
    return new Facts(
        now, operation, ledger, cluster, vault, update, versions, scrape, shards, preflight, seen);
  }

  /** When the maintenance window is open, which the step has asked for. */
  public Opening requireOpening() {
    return Objects.requireNonNull(opening, "the step did not ask for the window");
  }

  /** What the checks have found, which the step has asked for. */
  public List<Finding> requirePreflight() {
    return Objects.requireNonNull(preflight, "the step did not ask for the checks");
  }

  /** The cluster in ARM, which the step has asked for. */
  public ManagedCluster requireCluster() {
    return Objects.requireNonNull(cluster, "the step did not ask for the cluster");
  }

  /** The vault in ARM, which the step has asked for. */
  public VaultResource requireVault() {
    return Objects.requireNonNull(vault, "the step did not ask for the vault");
  }

  /** The scrape, which the step has asked for. */
  public Scrape requireScrape() {
    return Objects.requireNonNull(scrape, "the step did not ask for a scrape");
  }

  public Optional<KeyVersion> version(KeyId id) {
    return versions.stream().filter(version -> version.id().isSameAs(id)).findFirst();
  }

  /** Whether a refusal with this fingerprint rests on these facts, and on the checks besides. */
  public boolean areRefinedBy(@Nullable String fingerprint) {
    return fingerprint != null && fingerprint.startsWith(fingerprint() + AGAINST);
  }

  /** The facts that a refusal rests on, as one text: where it is the same, so is the refusal. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    if (cluster != null) {
      text.append(cluster.experience()).append(' ').append(cluster.provisioningState());
      text.append(' ').append(cluster.keyId());
    }
    versions.stream()
        .sorted(Comparator.comparing(version -> version.id().url()))
        .forEach(version -> text.append(' ').append(version.fitnessAt(now)));
    if (preflight != null) {
      text.append(AGAINST);
      preflight.stream()
          .filter(finding -> finding.verdict() == Verdict.FAILED)
          .sorted(Comparator.comparing(Finding::check))
          .forEach(
              finding ->
                  text.append(' ').append(finding.check()).append('=').append(finding.seen()));
    }
    return text.toString();
  }
}
