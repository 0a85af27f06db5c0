package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.reencryption.ExceptionReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Under which key a cluster's Secrets were found to lie, by the evidence of one operation.
 *
 * @param operationId the operation that counted
 * @param at when it ended
 * @param byKey how many lay under each key, at most: its URL, or its hash where no URL is known
 * @param plain how many lay plain
 * @param unknown how many could not be decrypted, so lie under a key that can't be told
 * @param isProof whether every Secret was proved to lie where the operation had put it
 * @param isWhole whether every Secret was accounted for, so that a key that isn't named had none
 * @param doubt what keeps it from being whole and may hide a Secret under any key; null if nothing
 *     is known to
 */
public record Counted(
    String operationId,
    Instant at,
    Map<String, Long> byKey,
    long plain,
    long unknown,
    boolean isProof,
    boolean isWhole,
    @Nullable Uncertain doubt) {

  public Counted {
    byKey = Map.copyOf(new TreeMap<>(byKey));
  }

  /**
   * Reads it from evidence, in this order.
   *
   * <ol>
   *   <li>A rewrite that proved every Secret is whole.
   *   <li>What could not be decrypted lies under a key that nobody can tell. Never is it taken for
   *       none.
   *   <li>An exception that the counters don't speak for, or that a rewrite has left, blocks
   *       (promise S2).
   *   <li>A census that looked at each Secret, and whose counters speak for as many reads, is
   *       whole. Never one whose counts don't add up.
   *   <li>Anything else says something of what it has found only.
   * </ol>
   */
  public static Counted of(Evidence evidence) {
    Evidence.Census census = evidence.census();
    boolean isProof = evidence.verdict().oldestKey().equals(Evidence.Verdict.NOT_NEEDED);
    @Nullable Uncertain doubt = isProof ? null : doubt(evidence);
    return new Counted(
        evidence.operation().id(),
        evidence.operation().endedAt(),
        census.after(),
        census.plain(),
        census.unknown(),
        isProof,
        isProof || (doubt == null && isCensus(evidence) && addsUp(evidence)),
        doubt);
  }

  private static @Nullable Uncertain doubt(Evidence evidence) {
    Map<String, Long> reasons = evidence.exceptionReasons();
    boolean isHidden =
        evidence.census().unknown() > 0
            || isAny(reasons, ExceptionReason.UNDECRYPTABLE)
            || isAny(reasons, ExceptionReason.NAMESPACE_UNLISTABLE);
    if (isHidden) {
      return Uncertain.SECRETS_UNDECRYPTABLE;
    }
    boolean isOpen =
        isCensus(evidence)
            ? reasons.keySet().stream().anyMatch(Counted::isUnread)
            : evidence.secrets().exceptions() > 0;
    return isOpen ? Uncertain.EXCEPTIONS_NOT_CLEARED : null;
  }

  private static boolean isAny(Map<String, Long> reasons, ExceptionReason reason) {
    return reasons.getOrDefault(reason.token(), 0L) > 0;
  }

  /** A reason that this release doesn't know says nothing for the Secret. */
  private static boolean isUnread(String token) {
    return Arrays.stream(ExceptionReason.values())
        .filter(reason -> reason.token().equals(token))
        .noneMatch(ExceptionReason::wasRead);
  }

  private static boolean isCensus(Evidence evidence) {
    return evidence.operation().kind().equals(Kind.CENSUS.token());
  }

  private static boolean addsUp(Evidence evidence) {
    Evidence.Secrets secrets = evidence.secrets();
    long counted =
        evidence.census().plain()
            + evidence.census().after().values().stream().mapToLong(Long::longValue).sum();
    return secrets.remaining() == 0 && counted >= secrets.discovered() - secrets.deleted();
  }

  /** Whether it says anything of where Secrets lie. */
  public boolean saysWhere() {
    return isWhole || plain > 0 || unknown > 0 || !byKey.isEmpty();
  }

  /**
   * How many lay under a key version, at most.
   *
   * @param labels the hashes under which API servers may name it
   */
  long under(KeyId version, Set<String> labels) {
    return byKey.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().equalsIgnoreCase(version.url()) || labels.contains(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * A key that holds Secrets and that is none of these: nobody can tell which version it is, so it
   * may be any. After a proof there is only the one that all was proved to lie under.
   *
   * @param known the hashes of all key versions that are known
   */
  Optional<String> strangeKey(Set<String> known) {
    return isProof
        ? Optional.empty()
        : byKey.entrySet().stream()
            .filter(entry -> Objects.requireNonNull(entry.getValue()) > 0)
            .map(Map.Entry::getKey)
            .filter(key -> !key.startsWith("https://") && !known.contains(key))
            .filter(key -> !key.equals(KeyIdHash.PLAIN.label()))
            .sorted()
            .findFirst();
  }
}
