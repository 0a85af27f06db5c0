package dev.rekey.testbed;

import java.time.Duration;

/**
 * API Priority and Fairness as a cluster's owner may set it up against us: a few seats for Rekey's
 * user and no queue before them, so that what is too much is answered 429.
 */
public final class FewSeats {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final String PATH = "/apis/flowcontrol.apiserver.k8s.io/v1/";

  /** One share of some hundred comes to a handful of seats. */
  private static final String LEVEL =
      """
      {"metadata": {"name": "narrow"},
       "spec": {"type": "Limited", "limited": {
         "nominalConcurrencyShares": 1, "lendablePercent": 0, "borrowingLimitPercent": 0,
         "limitResponse": {"type": "Reject"}}}}
      """;

  private static final String SCHEMA =
      """
      {"metadata": {"name": "narrow"},
       "spec": {"matchingPrecedence": 50, "priorityLevelConfiguration": {"name": "narrow"},
         "rules": [{
           "subjects": [{"kind": "User", "user": {"name": "rekey"}}],
           "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"],
                              "namespaces": ["*"], "clusterScope": true}],
           "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}]}]}}
      """;

  private FewSeats() {}

  /** Returns when it is in force. */
  public static void forRekey(Testbed testbed) {
    PlainRequests admin = testbed.requests();
    double before = dispatched(admin);
    admin.post(PATH + "prioritylevelconfigurations", LEVEL).expectSuccess();
    admin.post(PATH + "flowschemas", SCHEMA).expectSuccess();
    PlainRequests rekey = testbed.requests(testbed.rekey(), testbed.url());
    Await.until(
        "requests of Rekey in the narrow level",
        WITHIN,
        () -> {
          rekey.get("/api/v1/namespaces");
          return dispatched(admin) > before;
        },
        () -> "dispatched there: " + dispatched(admin));
  }

  /** Takes it away again; returns when it isn't in force any more. */
  public static void undo(Testbed testbed) {
    PlainRequests admin = testbed.requests();
    admin.delete(PATH + "flowschemas/narrow").expectSuccess();
    admin.delete(PATH + "prioritylevelconfigurations/narrow").expectSuccess();
    PlainRequests rekey = testbed.requests(testbed.rekey(), testbed.url());
    Await.until(
        "requests of Rekey no longer in the narrow level",
        WITHIN,
        () -> {
          double before = dispatched(admin);
          rekey.get("/api/v1/namespaces");
          return dispatched(admin) == before;
        },
        () -> "dispatched there: " + dispatched(admin));
  }

  private static double dispatched(PlainRequests admin) {
    return admin
        .metrics()
        .sum("apiserver_flowcontrol_dispatched_requests_total", "priority_level=\"narrow\"");
  }
}
