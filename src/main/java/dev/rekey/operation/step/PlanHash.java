package dev.rekey.operation.step;

import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Readability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Stands for what a plan would do, so that a person approves that and nothing else: the cluster,
 * the kind, the settings of KMS that it leads through, the Kubernetes that it upgrades to, and its
 * steps, and, where a count comes before the approval, that every Secret was found readable by it.
 * Counts and times are left out: they change from look to look.
 */
public final class PlanHash {
  private PlanHash() {}

  /** {@code sha256:} and 64 hexadecimal digits. */
  public static String of(Operation operation) {
    StringJoiner text = new StringJoiner("\n");
    text.add(operation.cluster().value()).add(operation.kind().token());
    operation.route().stops().forEach(stop -> text.add(text(stop)));
    Plan.names(operation).forEach(step -> text.add(step.token()));
    Optional.ofNullable(operation.route().upgradeTo())
        .ifPresent(version -> text.add("it upgrades Kubernetes to " + version));
    operation.progress().findings().restorations().forEach(one -> text.add(one.toString()));
    if (operation.kind() == Kind.MIGRATE_TO_KMS_V2 && hasFoundAllReadable(operation.progress())) {
      text.add("every Secret was found readable");
    }
    DroppedKey dropped = operation.progress().findings().dropped();
    if (dropped != null && !dropped.countable()) {
      text.add("what lies where can't be known");
    }
    return "sha256:" + HexFormat.of().formatHex(sha256(text.toString()));
  }

  /** By the last count that has ended: a new one that is under way takes nothing back. */
  private static boolean hasFoundAllReadable(Progress progress) {
    return progress.passes().stream()
        .filter(pass -> pass.step().equals(StepName.COUNT.token()) && pass.hasEnded())
        .reduce((earlier, later) -> later)
        .map(Readability::of)
        .filter(Readability::isOfAll)
        .isPresent();
  }

  /**
   * Whether a person has approved the plan of an operation; one that says that nothing can be
   * counted allows the same with a count too.
   */
  public static boolean isApproved(Operation operation) {
    Progress progress = operation.progress();
    DroppedKey dropped = progress.findings().dropped();
    return progress.orders().approval(of(operation)).isPresent()
        || (dropped != null
            && progress.orders().approval(of(withoutCount(operation, dropped))).isPresent());
  }

  private static Operation withoutCount(Operation operation, DroppedKey dropped) {
    Progress progress = operation.progress();
    return operation.with(progress.with(progress.findings().with(dropped.notCountable())));
  }

  private static String text(KmsSettings settings) {
    return settings + " " + settings.vaultResourceId();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
