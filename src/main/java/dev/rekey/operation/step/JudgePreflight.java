package dev.rekey.operation.step;

import dev.rekey.operation.Concern;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Reason;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the checks of all that lies around a cluster make of an operation. What fails refuses it,
 * all at once; what can't be told, and advice, stands against nothing and is noted.
 */
final class JudgePreflight {
  /** A node pool is at work for minutes, and the checks cost many requests. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /** What ends by itself: it is waited for. */
  private static final String BUSY = "no-operation-in-progress";

  /** An outage is no state of a cluster, so nothing is refused for it. */
  private static final Set<String> OUTAGES =
      Set.of("reaches-arm", "reaches-vault", "reaches-api-server");

  /** Checks that say the same as one of {@link Check}'s: one thing has one name. */
  private static final Map<String, Reason> SAME =
      Map.of(
          "provisioning-succeeded", Reason.CLUSTER_FAILED,
          "versioned-key-experience", Reason.PLATFORM_MANAGED,
          "kms-v2", Reason.KUBERNETES_TOO_OLD,
          "settings-as-expected", Reason.CLUSTER_MOVED,
          "target-key-found", Reason.TARGET_NOT_FOUND,
          "target-key-enabled", Reason.TARGET_UNFIT,
          "target-key-type", Reason.TARGET_UNFIT,
          "target-key-operations", Reason.TARGET_UNFIT,
          "target-key-validity", Reason.TARGET_UNFIT,
          "current-key-usable", Reason.CURRENT_KEY_UNFIT);

  /** The right that lacks has one name too, whoever found it. */
  private static final String OWN_RIGHT = "own-right";

  /** A row holds more; a person reads no more. */
  private static final int LONGEST = 8_000;

  private JudgePreflight() {}

  static Decision decide(Facts facts) {
    List<Finding> findings = facts.requirePreflight();
    List<Finding> against = findings.stream().filter(JudgePreflight::standsAgainst).toList();
    if (against.isEmpty()) {
      return new Decision.Act(new Effect.NoteChecked(concerns(findings)), Reason.RECORDING);
    }
    return against.stream().allMatch(finding -> finding.check().equals(BUSY))
        ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY)
        : new Decision.Refuse(reason(against), detail(against));
  }

  private static boolean standsAgainst(Finding finding) {
    return finding.isFailed() && !OUTAGES.contains(finding.check());
  }

  private static List<Concern> concerns(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.verdict() != Verdict.PASSED)
        .map(Concern::of)
        .toList();
  }

  private static Reason reason(List<Finding> against) {
    Set<Reason> all = against.stream().map(JudgePreflight::reason).collect(Collectors.toSet());
    return all.size() == 1 ? all.iterator().next() : Reason.PREFLIGHT_FAILED;
  }

  private static Reason reason(Finding finding) {
    return finding.check().startsWith(OWN_RIGHT)
        ? Reason.ACCESS_DENIED
        : SAME.getOrDefault(finding.check(), Reason.PREFLIGHT_FAILED);
  }

  /** All of them by name, then each with what to do, on a line of its own. */
  private static String detail(List<Finding> against) {
    StringBuilder text =
        new StringBuilder(
            against.stream().map(Finding::check).collect(Collectors.joining(", ", "failed: ", "")));
    for (Finding finding : against) {
      String line = line(finding);
      if (text.length() + line.length() > LONGEST) {
        return text.append("\nrekey plan shows the rest").toString();
      }
      text.append(line);
    }
    return text.toString();
  }

  private static String line(Finding finding) {
    return "\n"
        + finding.check()
        + ": "
        + finding.seen()
        + "; expected: "
        + finding.expected()
        + "; type: "
        + finding.remedy();
  }
}
