package dev.rekey.testbed;

import java.time.Duration;
import java.util.List;

/** Admission that stands in the way of every update of a Secret in one namespace. */
final class Obstacle {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final String PATH = "/apis/" + GROUP + "/v1/";
  private static final String PROBE = "obstacle-probe";

  private static final String POLICY =
      """
      {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
       "metadata": {"name": "frozen-%1$s"},
       "spec": {
         "failurePolicy": "Fail",
         "matchConstraints": {
           "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "%1$s"}},
           "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"],
                              "operations": ["UPDATE"], "resources": ["secrets"]}]},
         "validations": [{"expression": "false", %2$s}]}}
      """;

  private static final String PLAIN_WORDS =
      """
      "message": "Secrets here are frozen"
      """;

  /** Not what a sane policy says, but nothing keeps one from it. */
  private static final String QUOTING_WORDS =
      """
      "messageExpression": "'frozen: ' + (has(object.data) ? string(object.data['value']) : '')"
      """;

  private static final String BINDING =
      """
      {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
       "metadata": {"name": "frozen-%1$s"},
       "spec": {"policyName": "frozen-%1$s", "validationActions": ["Deny"]}}
      """;

  /** Port 1 of loopback: refused at once, as by a webhook whose pods are gone. */
  private static final String WEBHOOK =
      """
      {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
       "metadata": {"name": "down-%1$s"},
       "webhooks": [{
         "name": "down.%1$s.example.com", "failurePolicy": "Fail", "sideEffects": "None",
         "admissionReviewVersions": ["v1"], "timeoutSeconds": 5,
         "clientConfig": {"url": "https://127.0.0.1:1/validate"},
         "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "%1$s"}},
         "rules": [{"apiGroups": [""], "apiVersions": ["v1"],
                    "operations": ["UPDATE"], "resources": ["secrets"]}]}]}
      """;

  private final String namespace;
  private final List<PlainRequests> replicas;

  /**
   * @param replicas requests to each replica: each learns of a policy by its own watch
   */
  Obstacle(String namespace, List<PlainRequests> replicas) {
    this.namespace = namespace;
    this.replicas = replicas;
  }

  /** Updates are then answered 422. */
  void deny() {
    deny(PLAIN_WORDS);
  }

  /** Updates are then answered 422, with the {@code value} of the Secret in the answer. */
  void denyQuoting() {
    deny(QUOTING_WORDS);
  }

  private void deny(String words) {
    create("validatingadmissionpolicies", POLICY.formatted(namespace, words));
    create("validatingadmissionpolicybindings", BINDING.formatted(namespace));
    awaitStatus(422);
  }

  /** Updates are then answered 500. */
  void breakWebhook() {
    create("validatingwebhookconfigurations", WEBHOOK.formatted(namespace));
    awaitStatus(500);
  }

  void remove() {
    anyReplica().delete(PATH + "validatingadmissionpolicybindings/frozen-" + namespace);
    anyReplica().delete(PATH + "validatingadmissionpolicies/frozen-" + namespace);
    anyReplica().delete(PATH + "validatingwebhookconfigurations/down-" + namespace);
    awaitStatus(200);
  }

  private void create(String kind, String json) {
    anyReplica().post(PATH + kind, json).expectSuccess();
  }

  private PlainRequests anyReplica() {
    return replicas.get(0);
  }

  /**
   * Only an update of a Secret shows it: of one of our own, and dry, so that no other is touched.
   */
  private void awaitStatus(int expected) {
    String path = PlainRequests.secretPath(namespace, PROBE);
    String probe = "{\"metadata\": {\"name\": \"%s\"}}".formatted(PROBE);
    anyReplica().post("/api/v1/namespaces/" + namespace + "/secrets", probe).expectSuccess();
    try {
      for (PlainRequests replica : replicas) {
        Await.until(
            "update answered " + expected,
            WITHIN,
            () -> replica.mergePatch(path + "?dryRun=All", "{}").status() == expected,
            () -> replica.mergePatch(path + "?dryRun=All", "{}").toString());
      }
    } finally {
      anyReplica().delete(path).expectSuccess();
    }
  }
}
