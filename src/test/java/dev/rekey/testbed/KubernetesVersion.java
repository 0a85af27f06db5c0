package dev.rekey.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Which kube-apiserver a replica runs, and which KMS comes with it. */
public enum KubernetesVersion {
  /** With KMS v1 by a gate; tells in its metrics neither its name nor its configuration. */
  V1_31(() -> Binaries.kubeApiServer("1.31"), "v1", "--feature-gates=KMSv1=true"),

  /**
   * With KMS v1, which a gate gives it. Stands for those before 1.27, where AKS turns on KMS v1;
   * unlike them it tells its name and its encryption configuration in its metrics.
   */
  V1_34(() -> Binaries.kubeApiServer("1.34"), "v1", "--feature-gates=KMSv1=true"),

  /** With KMS v2. */
  V1_36(Binaries::kubeApiServer, "v2");

  private final Supplier<Path> binary;
  private final String kms;
  private final List<String> flags;

  KubernetesVersion(Supplier<Path> binary, String kms, String... flags) {
    this.binary = binary;
    this.kms = kms;
    this.flags = List.of(flags);
  }

  /** The kube-apiserver; built when there is none yet. */
  Path binary() {
    return binary.get();
  }

  /** The {@code apiVersion} of its KMS providers. */
  String kms() {
    return kms;
  }

  /** Whether its metrics tell which encryption configuration it has loaded. */
  boolean tellsConfiguration() {
    return this != V1_31;
  }

  /** What it must be started with. */
  List<String> flags() {
    return flags;
  }
}
