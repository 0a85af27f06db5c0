package dev.rekey.service;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The Secrets that are patched to see which key each API server writes with: at most fifty, two to
 * a connection. Where all is to lie plain it is one and the same for all servers: a second one is
 * written plain only when each has shown that it can read the first. One that was refused was not
 * written, so another can take its place.
 */
final class ProbedSecrets {
  private static final int PER_CONNECTION = 2;
  private static final int MOST = 50;

  /** Enough for the servers to come round; one that can't be patched must be given up some time. */
  private static final int ATTEMPTS_WITH_ONE = 20;

  /** A policy refuses a whole namespace, or all; more tries would tell no more. */
  private static final int MOST_REFUSED = 10;

  /** With a fair balancer and six servers, that one isn't met is less likely than 1 in 10. */
  private static final int CONNECTIONS_PER_SERVER = 4;

  private final List<SecretRef> candidates;
  private final boolean oneForAll;
  private int next;
  private int refused;
  private boolean mayBeWritten;

  /**
   * Those of one attempt.
   *
   * @param others Secrets to take besides those of the shards, first
   */
  ProbedSecrets(Pass pass, List<Shard> shards, List<SecretRef> others) {
    List<SecretRef> all = new ArrayList<>(others);
    shards.forEach(shard -> all.addAll(shard.remaining()));
    int attempts = pass.lookedForWriteKeys().count();
    oneForAll = KeyIdHash.PLAIN.equals(pass.target());
    candidates = oneForAll ? from(all, attempts / ATTEMPTS_WITH_ONE) : from(all, attempts * MOST);
  }

  /** How many Secrets to pick from: other ones at each attempt. */
  static int wanted(Pass pass) {
    return MOST * (pass.lookedForWriteKeys().count() + 1);
  }

  /** Other ones at each attempt, so that one that can't be patched isn't in the way for ever. */
  private static List<SecretRef> from(List<SecretRef> all, int first) {
    if (all.isEmpty()) {
      return all;
    }
    Collections.rotate(all, -(first % all.size()));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  /**
   * How many connections may be made: one for each pair; of few Secrets more, or one of several
   * servers might never be met.
   *
   * @param servers how many API servers live
   */
  int connections(int servers) {
    if (candidates.isEmpty()) {
      return 0;
    }
    int pairs = oneForAll ? 0 : (candidates.size() + PER_CONNECTION - 1) / PER_CONNECTION;
    return Math.max(pairs, CONNECTIONS_PER_SERVER * servers) + refused;
  }

  /** Those of the next connection, each twice, so that the second look shows what the first did. */
  List<SecretRef> next() {
    int first = next % candidates.size();
    int end = oneForAll ? first + 1 : Math.min(first + PER_CONNECTION, candidates.size());
    List<SecretRef> twice = new ArrayList<>(candidates.subList(first, end));
    twice.addAll(candidates.subList(first, end));
    if (!oneForAll) {
      next += PER_CONNECTION;
    }
    return twice;
  }

  /** What became of the last ones. */
  void answered(List<Look> looks) {
    boolean isRefused =
        !looks.isEmpty()
            && looks.stream().allMatch(look -> look.answer() instanceof PatchAnswer.Refused);
    if (!isRefused) {
      mayBeWritten = true;
    } else if (oneForAll && !mayBeWritten && refused < MOST_REFUSED) {
      refused++;
      next++;
    }
  }

  /** Nobody knows what became of the last ones. */
  void unanswered() {
    mayBeWritten = true;
  }
}
