package dev.rekey.fleet;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in AKS with its two slots and its Secrets, what happens to it, and what Rekey records
 * of that as its engine does. What Rekey can't see, such as somebody who moves the key there and
 * back between two looks of the timer, doesn't happen here: the verdict's caveat names it.
 */
final class OneCluster {
  private final Random random;
  private final List<Instant> made = new ArrayList<>();
  private final Map<Integer, Long> secrets = new TreeMap<>();
  private final List<Counted> counts = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Instant now = NOW;
  private int operations;

  /** What ARM shows; 0 while KMS is off. */
  private int current;

  /** What AKS holds beside it, which nobody shows; 0 for none. */
  private int previous;

  /** What AKS goes on using while KMS is off; 0 for none. */
  private int kept;

  /** Secrets that a policy keeps from being rewritten, under this version; 0 for none. */
  private int deniedUnder;

  private Ledger ledger;

  /** What the ledger has seen in the current slot last. */
  private int seen;

  /** To what the last update was sent that nobody has seen there. */
  private int sent;

  OneCluster(Random random) {
    this(random, 1 + random.nextInt(3));
  }

  /**
   * @param first how many versions there are when Rekey meets it, on the newest
   */
  OneCluster(Random random, int first) {
    this.random = random;
    for (int number = 0; number < first; number++) {
      newVersion();
    }
    current = first;
    previous = first > 1 && random.nextBoolean() ? first - 1 : 0;
    secrets.put(current, 50L);
    if (previous > 0 && random.nextBoolean()) {
      secrets.put(previous, 20L);
    }
    pass();
    ledger = Ledger.firstSeen(now, id(current));
    seen = current;
    log.add("met on " + current + " " + previous);
  }

  String log() {
    return String.join("; ", log);
  }

  int versions() {
    return made.size();
  }

  private static KeyId id(int version) {
    return key(version);
  }

  private void pass() {
    now = now.plus(Duration.ofHours(1));
  }

  /** Whether AKS or a Secret needs it in truth. */
  boolean needs(int version) {
    return version == current
        || version == previous
        || version == kept
        || secrets.getOrDefault(version, 0L) > 0;
  }

  RetireVerdict verdict(int version) {
    KeyInUse inUse = current == 0 ? KeyInUse.OFF : KeyInUse.of(id(current));
    KnownCluster known = new KnownCluster(Fleets.ONE, inUse, ledger, null, null, counts, null);
    List<KeyId> all = new ArrayList<>();
    for (int number = 1; number <= versions(); number++) {
      all.add(id(number));
    }
    return RetireVerdict.of(
        id(version), made.get(version - 1), new KnownFleet(List.of(known), List.of(), all));
  }

  void something() {
    pass();
    switch (random.nextInt(12)) {
      case 0, 1 -> newVersion();
      case 2, 3, 4 -> rotate();
      case 5 -> unknownUpdate();
      case 6 -> somebodyElseRotates();
      case 7 -> census();
      case 8 -> backupRestored();
      case 9 -> deny();
      case 10 -> turnOffOrOn();
      default -> reencrypt();
    }
  }

  void newVersion() {
    pass();
    made.add(now);
    log.add("made " + made.size());
  }

  /** From what ARM shows to the newest, with everything proved before and after. */
  void rotate() {
    if (current == 0 || current == versions() || !provesCurrent()) {
      return;
    }
    String operation = begin();
    int to = versions();
    log.add(operation + " rotates to " + to);
    sees(null);
    ledger = ledger.mayBeInSlot(id(to), now, operation);
    previous = current;
    current = to;
    rewrite(to);
    pass();
    sees(operation);
    evidence(operation);
  }

  /** The update fails, perhaps after all was moved; the operation gives way to what comes next. */
  private void unknownUpdate() {
    if (current == 0 || current == versions() || !provesCurrent()) {
      return;
    }
    String operation = begin();
    int to = versions();
    sees(null);
    ledger = ledger.mayBeInSlot(id(to), now, operation);
    sent = to;
    boolean isTaken = random.nextBoolean();
    log.add(operation + " sends " + to + (isTaken ? ", taken" : ", not taken"));
    if (isTaken) {
      previous = current;
      current = to;
      secrets.merge(to, 5L, Long::sum);
    }
  }

  /** Once or twice before the timer looks; Secrets that are written meanwhile stay behind. */
  private void somebodyElseRotates() {
    int times = 1 + random.nextInt(2);
    for (int time = 0; time < times && current > 0; time++) {
      int to = 1 + random.nextInt(versions());
      if (to == current || to == seen || to == sent) {
        continue;
      }
      previous = current;
      current = to;
      secrets.merge(to, 5L, Long::sum);
      log.add("somebody moves to " + to);
      pass();
    }
    if (random.nextBoolean()) {
      timerLooks();
    }
  }

  private void sees(@Nullable String operation) {
    ledger = ledger.current(id(current), now, operation);
    seen = current;
    sent = 0;
  }

  private void timerLooks() {
    if (current > 0) {
      sees(null);
      log.add("timer sees " + current);
    }
  }

  private void reencrypt() {
    if (current > 0 && provesCurrent()) {
      String operation = begin();
      log.add(operation + " reencrypts");
      sees(null);
      rewrite(current);
      pass();
      evidence(operation);
    }
  }

  /** Both before: nothing may be stored that no slot can read. */
  private boolean provesCurrent() {
    boolean isReadable =
        secrets.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .allMatch(entry -> isReadable(entry.getKey()));
    boolean isDenied = deniedUnder != 0 && deniedUnder != current;
    if (isReadable && !isDenied) {
      rewrite(current);
    }
    return isReadable && !isDenied;
  }

  private boolean isReadable(int under) {
    return under == 0 || under == current || under == previous || under == kept;
  }

  private void rewrite(int to) {
    long stays = deniedUnder == 0 ? 0 : secrets.getOrDefault(deniedUnder, 0L);
    long all = secrets.values().stream().mapToLong(Long::longValue).sum();
    secrets.clear();
    if (stays > 0) {
      secrets.put(deniedUnder, Math.min(stays, 3));
      secrets.merge(to, all - Math.min(stays, 3), Long::sum);
    } else {
      secrets.put(to, all);
    }
  }

  private void deny() {
    deniedUnder = deniedUnder == 0 && current > 0 ? current : 0;
    log.add("denied under " + deniedUnder);
  }

  private void turnOffOrOn() {
    if (current > 0 && deniedUnder == 0 && provesCurrent()) {
      String operation = begin();
      log.add(operation + " turns off");
      sees(null);
      kept = current;
      current = 0;
      previous = 0;
      rewrite(0);
      pass();
      ledger = ledger.off(now, operation);
      evidence(operation);
    } else if (current == 0 && provesCurrent()) {
      turnOn();
    }
  }

  private void turnOn() {
    String operation = begin();
    int to = versions();
    log.add(operation + " turns on with " + to);
    ledger = ledger.mayBeInSlot(id(to), now, operation);
    kept = 0;
    current = to;
    rewrite(to);
    pass();
    sees(operation);
    evidence(operation);
  }

  /** An etcd backup brings Secrets of earlier days back; the next census sees them. */
  private void backupRestored() {
    int under = 1 + random.nextInt(versions());
    secrets.merge(under, 7L, Long::sum);
    log.add("backup under " + under);
    census();
  }

  private void census() {
    String operation = begin();
    Map<String, Long> byKey = new TreeMap<>();
    long unknown = 0;
    for (Map.Entry<Integer, Long> entry : secrets.entrySet()) {
      int under = entry.getKey();
      if (under > 0 && isReadable(under)) {
        byKey.put(id(under).url(), entry.getValue());
      } else if (under > 0) {
        unknown += entry.getValue();
      }
    }
    log.add(operation + " counts " + byKey.values() + " and " + unknown);
    counts.add(
        new Counted(
            operation,
            now,
            byKey,
            secrets.getOrDefault(0, 0L),
            unknown,
            false,
            unknown == 0,
            unknown == 0 ? null : Uncertain.SECRETS_UNDECRYPTABLE));
  }

  private String begin() {
    pass();
    return "op-%04d".formatted(++operations);
  }

  private void evidence(String operation) {
    boolean isProof =
        secrets.values().stream().filter(count -> count > 0).count() == 1 && deniedUnder == 0;
    Map<String, Long> byKey = new TreeMap<>();
    secrets.forEach((under, count) -> byKey.put(under == 0 ? "plain" : id(under).url(), count));
    byKey.remove("plain");
    counts.add(
        new Counted(
            operation,
            now,
            byKey,
            secrets.getOrDefault(0, 0L),
            0,
            isProof,
            isProof,
            isProof ? null : Uncertain.EXCEPTIONS_NOT_CLEARED));
  }
}
