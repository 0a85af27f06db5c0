package dev.rekey.testbed;

import java.time.Duration;

/** What Rekey's user may do in the cluster: list and patch Secrets, see replicas and counters. */
final class Role {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final String PATH = "/apis/rbac.authorization.k8s.io/v1/";

  private static final String ROLE =
      """
      {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
       "metadata": {"name": "rekey"},
       "rules": [
         {"apiGroups": [""], "resources": ["secrets"], "verbs": ["list", "patch"]},
         {"apiGroups": [""], "resources": ["namespaces"], "verbs": ["list"]},
         {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": ["list"]},
         {"nonResourceURLs": ["/metrics"], "verbs": ["get"]}]}
      """;

  private static final String BINDING =
      """
      {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
       "metadata": {"name": "rekey"},
       "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "rekey"},
       "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "%s"}]}
      """;

  private Role() {}

  static void grant(PlainRequests admin, Account account) {
    admin.post(PATH + "clusterroles", ROLE).expectSuccess();
    admin.post(PATH + "clusterrolebindings", BINDING.formatted(account.group())).expectSuccess();
  }

  /** Each replica learns of a new role by its own watch. */
  static void awaitGranted(PlainRequests asAccount) {
    Await.until(
        "role in force",
        WITHIN,
        () -> asAccount.get("/metrics").status() == 200,
        () -> asAccount.get("/metrics").toString());
  }
}
