package dev.rekey.testbed;

import java.time.Duration;

/** What Rekey's user may do in the cluster: what the shipped role says, to the letter. */
final class Role {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

  private Role() {}

  /** The file's bindings are to the group that {@link Account#rekey} is in. */
  static void grant(PlainRequests admin) {
    Manifest.shipped("role.yaml").create(admin);
  }

  /** Each replica learns of a new role by its own watch, of the namespaced one by another. */
  static void awaitGranted(PlainRequests asAccount) {
    Await.until(
        "role in force",
        WITHIN,
        () -> asAccount.get("/metrics").status() == 200 && asAccount.get(LEASES).status() == 200,
        () -> asAccount.get("/metrics").toString());
  }
}
