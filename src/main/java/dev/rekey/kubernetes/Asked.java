package dev.rekey.kubernetes;

/**
 * What a request is for, in the words of a message.
 *
 * @param doing completes "can't …", for example {@code list Secrets in namespace "a"}
 * @param right what the identity must be allowed, as {@code kubectl auth can-i} takes it
 */
record Asked(String doing, String right) {
  static final Asked NAMESPACES = new Asked("list namespaces", "list namespaces");
  static final Asked LEASES =
      new Asked(
          "list the API servers' leases in kube-system",
          "list leases.coordination.k8s.io --namespace kube-system");
  static final Asked METRICS = new Asked("read /metrics", "get /metrics");
  static final Asked PROBE = new Asked("patch Secrets", "patch secrets --all-namespaces");

  static Asked secrets(String namespace) {
    return new Asked(
        "list Secrets in namespace " + namespace, "list secrets --namespace " + namespace);
  }
}
