package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the cluster itself must be like. */
final class ClusterChecks {
  private static final Set<String> SETTLED = Set.of("Succeeded", "Failed", "Canceled");

  /** What AKS supports with KMS v1. */
  private static final long MOST_SECRETS_OF_V1 = 2_000;

  private static final String COUNT =
      "kubectl get secrets --all-namespaces --no-headers | wc --lines";

  private ClusterChecks() {}

  static Optional<Answer> provisioned(Question question) {
    Expectation succeeded =
        new Expectation(
            "provisioning state Succeeded",
            Commands.aks(question, "update", "--yes"),
            Commands.show(question, "provisioningState"),
            Documented.CLUSTER_FAILED);
    return succeeded.judge(
        question.cluster().member("its provisioning state", ClusterSetup::provisioningState),
        state -> {
          String seen = "provisioning state " + state;
          return SETTLED.contains(state)
              ? succeeded.passedIf(state.equals("Succeeded"), seen)
              : succeeded.cannotTell("it is still under way, " + seen);
        });
  }

  static Optional<Answer> idle(Question question) {
    Expectation idle =
        new Expectation(
            "no operation of AKS under way on the cluster or a node pool",
            Commands.aks(question, "wait", "--updated"),
            Commands.show(question, "agentPoolProfiles[].provisioningState"),
            Documented.CLUSTER_FAILED);
    return idle.judge(
        question.cluster().then(ClusterChecks::busy),
        busy ->
            busy.isEmpty()
                ? idle.passed("nothing is under way")
                : idle.failed("under way: " + String.join(", ", busy)));
  }

  private static Reading<List<String>> busy(ClusterSetup cluster) {
    boolean unknown = cluster.pools().stream().anyMatch(pool -> pool.provisioningState() == null);
    String own = cluster.provisioningState();
    if (own == null || unknown) {
      return Reading.unread("it doesn't show every provisioning state");
    }
    List<String> pools =
        cluster.pools().stream()
            .filter(pool -> !SETTLED.contains(String.valueOf(pool.provisioningState())))
            .map(pool -> "node pool " + pool.name() + " " + pool.provisioningState())
            .toList();
    return Reading.of(SETTLED.contains(own) ? pools : List.of("cluster " + own));
  }

  static Optional<Answer> running(Question question) {
    Expectation running =
        new Expectation(
            "power state Running",
            Commands.aks(question, "start", ""),
            Commands.show(question, "powerState"),
            Documented.START_STOP);
    return running.judge(
        question.cluster().member("its power state", ClusterSetup::powerState),
        state -> running.passedIf(state.equals("Running"), "power state " + state));
  }

  static Optional<Answer> kmsV2(Question question) {
    Expectation v2 =
        new Expectation(
            "Kubernetes 1.27 or later, where KMS v2 is the default",
            Commands.aks(question, "upgrade", "--kubernetes-version <1.27 or later>"),
            Commands.show(question, "currentKubernetesVersion"),
            Documented.KMS_V2);
    return v2.judge(
        question.cluster().member("its version", ClusterSetup::kubernetesVersion),
        version -> {
          String seen = "Kubernetes " + version;
          if (KmsExperience.hasKmsV2(version)) {
            return v2.passed(seen);
          }
          if (question.change().from().isOn() && !question.change().leavesKmsV1()) {
            return onKmsV1(question, seen + ", so KMS v1");
          }
          // Turning KMS off is the first half of the way out, an upgrade the second.
          boolean isWayOut = !question.change().to().isOn() || question.change().leavesKmsV1();
          return isWayOut ? v2.warned(seen) : v2.failed(seen);
        });
  }

  /** AKS blocks the upgrade as long as KMS v1 is on. */
  private static Optional<Answer> onKmsV1(Question question, String seen) {
    Expectation v2 =
        new Expectation(
            "KMS v2, which takes Kubernetes 1.27 or later; an upgrade is blocked under KMS v1",
            Commands.rekey(question, "migrate-to-kms-v2"),
            Commands.show(question, "currentKubernetesVersion"),
            Documented.KMS_V2);
    return question.change().to().isOn() ? v2.failed(seen) : v2.warned(seen);
  }

  static Optional<Answer> versionedKey(Question question) {
    Expectation ours =
        new Expectation(
            "KMS off, or a key version of yours",
            Commands.show(question, "securityProfile"),
            Commands.show(question, "securityProfile"),
            Documented.KMS_NEWER);
    return ours.judge(question.cluster(), cluster -> experience(ours, cluster));
  }

  private static Optional<Answer> experience(Expectation ours, ClusterSetup cluster) {
    String key = cluster.keyId() == null ? "" : ", keyId " + cluster.keyId();
    return switch (cluster.experience()) {
      case VERSIONED_KEY -> ours.passed("a key version of yours" + key);
      case NONE -> ours.passed("KMS is off");
      case PLATFORM_MANAGED ->
          ours.failed("the platform-managed or versionless-key experience, observed only" + key);
      case UNPROVED ->
          cluster.isOnKmsV1()
              ? ours.warned("a key version of yours under KMS v1, which names no key" + key)
              : ours.cannotTell("it can't be seen that this is a key version under KMS v2" + key);
    };
  }

  static Optional<Answer> asExpected(Question question) {
    KmsSettings from = question.change().from();
    Expectation same =
        new Expectation(
            describe(from),
            Commands.show(question, "securityProfile.azureKeyVaultKms"),
            Commands.show(question, "securityProfile.azureKeyVaultKms"),
            Documented.KMS);
    return same.judge(
        question.cluster().member("KMS settings that can be understood", ClusterSetup::kms),
        kms -> same.passedIf(isSame(kms, from), describe(kms)));
  }

  private static boolean isSame(KmsSettings one, KmsSettings other) {
    KeyId key = one.key();
    KeyId otherKey = other.key();
    if (key == null || otherKey == null) {
      return key == null && otherKey == null;
    }
    return key.isSameAs(otherKey) && one.access() == other.access();
  }

  private static String describe(KmsSettings kms) {
    return kms.isOn() ? kms.access().token() + " vault, key " + kms.key() : "KMS off";
  }

  /** Too many are a reason to leave KMS v1, and none to stay. */
  private static Optional<Answer> withinLimitOfV1(Question question, Expectation few, long count) {
    String seen = count + " Secrets where KMS v1 serves";
    return count > MOST_SECRETS_OF_V1 && question.change().leavesKmsV1()
        ? few.warned(seen)
        : few.passedIf(count <= MOST_SECRETS_OF_V1, seen);
  }

  static Optional<Answer> withinLimitOfV1(Question question) {
    Expectation few =
        new Expectation(
            "KMS v2, or at most 2,000 Secrets", COUNT, COUNT, Documented.KMS_LIMITATIONS);
    return few.judge(
        question.cluster().member("its version", ClusterSetup::kubernetesVersion),
        version ->
            KmsExperience.hasKmsV2(version)
                ? few.passed("KMS v2")
                : few.judge(
                    question.seen().secrets(), count -> withinLimitOfV1(question, few, count)));
  }
}
