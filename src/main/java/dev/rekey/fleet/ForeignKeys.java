package dev.rekey.fleet;

import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Place;
import dev.rekey.reencryption.Search;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last census of a cluster has found that lies elsewhere than it was proved to lie, or
 * than ARM says: an etcd backup was restored, or somebody has changed KMS by hand.
 *
 * @param census the operation that has found it
 * @param what what it is, the worst first
 * @param home the label of the key that all should lie under
 * @param under at most how many lie under each other key, plain ones too
 * @param unknown how many no API server can decrypt
 * @param canBeRewritten whether a rewrite would bring all of it to where it should lie, and may
 *     begin by itself: never where a key version is missing, before a first proof, where ARM
 *     doesn't show the key, or where it shows another key, or none, since the last proof: then
 *     somebody has to say whether that is meant
 */
public record ForeignKeys(
    String census,
    What what,
    String home,
    Map<KeyIdHash, Long> under,
    long unknown,
    boolean canBeRewritten) {

  /** What lies elsewhere. The token is stable: alerts match it. */
  public enum What {
    /** Secrets that no API server can decrypt. No rewrite can help: a key version is missing. */
    UNDECRYPTABLE("undecryptable"),
    /** Secrets under a key though KMS is off. */
    ENCRYPTED_THOUGH_OFF("encrypted-though-off"),
    /** Secrets under another key than the one that ARM shows. */
    OTHER_KEY("other-key"),
    /** Plain Secrets though KMS is on, and none under another key. */
    PLAIN_THOUGH_ON("plain-though-on");

    private final String token;

    What(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  public ForeignKeys {
    under = new TreeMap<>(under);
  }

  /**
   * What the last census has found, as the cluster is now.
   *
   * <ol>
   *   <li>Never what a later proof has put right, and never of a cluster that ARM shows with other
   *       settings of KMS since.
   *   <li>What can't be decrypted is always told.
   *   <li>What lies under a key though KMS is off is told before any proof too: nothing else tells
   *       that the key is needed, and KMS may have been turned off in haste.
   *   <li>All else is told only after a proof: before the first one, Secrets under an earlier key
   *       are what there always is, and a rotation begins with them.
   *   <li>Where AKS rotates its own key, Secrets under its earlier one are no surprise; plain ones
   *       are.
   * </ol>
   *
   * @param oldestFirst all operations of the cluster
   */
  public static Optional<ForeignKeys> in(
      List<Operation> oldestFirst, ManagedCluster cluster, Ledger ledger) {
    Optional<Operation> census = lastCensus(oldestFirst, cluster);
    return census
        .flatMap(Whereabouts::of)
        .flatMap(found -> in(oldestFirst, ledger, census.orElseThrow(), found));
  }

  /**
   * Whether there is anything to look into: without, the ledger need not be read for it.
   *
   * @param oldestFirst all operations of the cluster
   */
  public static boolean mayBeIn(List<Operation> oldestFirst, ManagedCluster cluster) {
    return lastCensus(oldestFirst, cluster)
        .flatMap(census -> Whereabouts.of(census).filter(found -> !found.isAllUnder(shown(census))))
        .isPresent();
  }

  /** The label of what ARM shows; empty, which is no key's, where it shows none. */
  private static String shown(Operation census) {
    KeyIdHash hash = census.toHash();
    return hash == null ? "" : hash.label();
  }

  private static Optional<Operation> lastCensus(
      List<Operation> oldestFirst, ManagedCluster cluster) {
    return oldestFirst.stream()
        .filter(operation -> operation.kind() == Kind.CENSUS)
        .filter(operation -> Whereabouts.ending(operation).isPresent())
        .reduce((earlier, later) -> later)
        .filter(last -> isAbout(last, cluster));
  }

  private static Optional<ForeignKeys> in(
      List<Operation> operations, Ledger ledger, Operation census, Whereabouts found) {
    Optional<LastProof> proof = LastProof.in(operations, ledger);
    return proof.filter(last -> last.at().isAfter(found.at())).isPresent()
        ? Optional.empty()
        : of(found, census, home(found, census, ledger), proof.orElse(null));
  }

  private static boolean isAbout(Operation census, ManagedCluster cluster) {
    return census.managed()
        ? cluster.isAt(census.after()) && cluster.experience() != KmsExperience.PLATFORM_MANAGED
        : cluster.experience() == KmsExperience.PLATFORM_MANAGED;
  }

  /**
   * What all should lie under. Where KMS is off and API servers have last written with a key, that
   * is AKS' own, unless the cluster is known to have used it: then it was turned off in haste, and
   * nothing was written since.
   */
  private static String home(Whereabouts found, Operation census, Ledger ledger) {
    String home = Optional.ofNullable(found.home()).orElse("");
    boolean wasInUse =
        ledger.entries().stream()
            .anyMatch(entry -> KeyIdHash.predict(entry.key()).label().equals(home));
    return KeyIdHash.PLAIN.equals(census.toHash()) && wasInUse ? KeyIdHash.PLAIN.label() : home;
  }

  private static Optional<ForeignKeys> of(
      Whereabouts found, Operation census, String home, @Nullable LastProof proof) {
    Map<KeyIdHash, Long> foreign = new TreeMap<>(found.under());
    foreign.keySet().removeIf(key -> key.label().equals(home) || !isNamed(key, census));
    if (!showsItsKey(census, home)) {
      foreign.keySet().retainAll(List.of(KeyIdHash.PLAIN));
    }
    boolean offInHaste = isOff(census, home) && !foreign.isEmpty();
    boolean isTold = found.unknown() > 0 || offInHaste || (proof != null && !foreign.isEmpty());
    return isTold
        ? Optional.of(
            new ForeignKeys(
                census.id(),
                what(found.unknown(), offInHaste, foreign),
                home,
                foreign,
                found.unknown(),
                found.unknown() == 0
                    && showsItsKey(census, home)
                    && proof != null
                    && proof.isOfTheKeyOf(census)))
        : Optional.empty();
  }

  private static What what(long unknown, boolean off, Map<KeyIdHash, Long> foreign) {
    if (unknown > 0) {
      return What.UNDECRYPTABLE;
    }
    if (off) {
      return What.ENCRYPTED_THOUGH_OFF;
    }
    boolean onlyPlain = foreign.keySet().equals(Set.of(KeyIdHash.PLAIN));
    return onlyPlain ? What.PLAIN_THOUGH_ON : What.OTHER_KEY;
  }

  /** A read by somebody else of what is stored no more is no Secret; the search tells the two. */
  private static boolean isNamed(KeyIdHash key, Operation census) {
    Search search = census.progress().findings().search();
    return search == null
        || key.label().equals(search.home())
        || !search.doubts().isEmpty()
        || search.places().stream().map(Place::key).anyMatch(key.label()::equals);
  }

  /** Whether ARM shows what all should lie under. */
  private static boolean showsItsKey(Operation census, String home) {
    KeyIdHash shown = census.toHash();
    return shown != null && shown.label().equals(home);
  }

  private static boolean isOff(Operation census, String home) {
    return KeyIdHash.PLAIN.equals(census.toHash()) && home.equals(KeyIdHash.PLAIN.label());
  }
}
