package dev.rekey.endtoend.kills;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What has died so far. */
final class Toll {
  private final Map<Calamity, Integer> calamities = new EnumMap<>(Calamity.class);
  private final List<String> ends = new ArrayList<>();
  private int kills;
  private int inTheMiddleOfAWrite;
  private int behindTheEnd;
  private int operations;

  void struck(Calamity calamity) {
    calamities.merge(calamity, 1, Integer::sum);
  }

  /**
   * Rekey's process was killed.
   *
   * @param midWrite whether a record was just being written
   * @param behindTheEnd whether its operation had just ended, which it could not say any more: the
   *     same command begins another one
   */
  void killed(boolean midWrite, boolean behindTheEnd) {
    kills++;
    inTheMiddleOfAWrite += midWrite ? 1 : 0;
    this.behindTheEnd += behindTheEnd ? 1 : 0;
  }

  /** It ended by itself before it could be killed. */
  void ended(int code, String said) {
    ends.add(code + ": " + said.strip());
  }

  void operationDone() {
    operations++;
  }

  int kills() {
    return kills;
  }

  /** Operations that a kill met between their end and the last word of the process. */
  int killedBehindTheEnd() {
    return behindTheEnd;
  }

  int apiServerKills() {
    return of(Calamity.API_SERVER_KILLED) + of(Calamity.KMS_AWAY_AT_START);
  }

  int kmsAway() {
    return of(Calamity.KMS_AWAY) + of(Calamity.KMS_AWAY_AT_START);
  }

  int calamities() {
    return calamities.values().stream().mapToInt(Integer::intValue).sum();
  }

  int of(Calamity calamity) {
    return calamities.getOrDefault(calamity, 0);
  }

  /** What Rekey said when it ended by itself, because nothing was there to work on. */
  List<String> ends() {
    return ends;
  }

  @Override
  public String toString() {
    return ("Rekey killed %d times (%d in the middle of a record's write, %d behind the end), API server %d, etcd %d,"
            + " KMS away %d, disk stalled %d; Rekey ended %d times by itself; operations: %d")
        .formatted(
            kills,
            inTheMiddleOfAWrite,
            behindTheEnd,
            apiServerKills(),
            of(Calamity.ETCD_KILLED),
            kmsAway(),
            of(Calamity.DISK_STALLS),
            ends.size(),
            operations);
  }
}
