package dev.rekey.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.PlainRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' own migrator, in a real kube-controller-manager that is up and has filled its caches
 * before the migration is created. It first waits until its cache has passed the migration's
 * resourceVersion: from nothing to about a minute, depending on what else is written. So the time
 * of patching alone is reported beside the whole.
 */
final class StorageVersionMigration implements Client {
  private static final Duration WITHIN = Duration.ofMinutes(15);
  private static final String MIGRATIONS =
      "/apis/storagemigration.k8s.io/v1beta1/storageversionmigrations";
  private static final String MIGRATION = MIGRATIONS + "/benchmark";
  private static final String BODY =
      """
      {"apiVersion": "storagemigration.k8s.io/v1beta1", "kind": "StorageVersionMigration",
       "metadata": {"name": "benchmark"},
       "spec": {"resource": {"group": "", "resource": "secrets"}}}
      """;

  /** The API server's flags without which there is no migration. */
  static final String[] API_SERVER_FLAGS = {
    "--feature-gates=StorageVersionMigrator=true",
    "--runtime-config=storagemigration.k8s.io/v1beta1=true"
  };

  private record Revision(Instant at, long number) {}

  @Override
  public String name() {
    return "storage-version-migration";
  }

  @Override
  public List<Phase> run(Stage stage, ProcessWatch watch) {
    PlainRequests requests = stage.testbed().requests();
    long secrets = stage.testbed().etcd().secrets().size();
    try (ControllerManager manager = ControllerManager.start(stage)) {
      watch.follow(manager.pid());
      manager.awaitCaches();
      List<Revision> revisions = new ArrayList<>();
      Instant created = Instant.now();
      requests.post(MIGRATIONS, BODY).expectSuccess();
      Await.until(
          "migration has succeeded",
          WITHIN,
          () -> {
            revisions.add(new Revision(Instant.now(), stage.testbed().etcd().revision()));
            return hasSucceeded(requests);
          },
          () -> requests.get(MIGRATION).body());
      Phase whole = new Phase(name(), created, Instant.now());
      requests.delete(MIGRATION).expectSuccess();
      return List.of(whole, patching(revisions, secrets));
    }
  }

  private static boolean hasSucceeded(PlainRequests requests) {
    for (JsonNode condition : requests.get(MIGRATION).json().at("/status/conditions")) {
      boolean yes = condition.path("status").asText().equals("True");
      if (yes && condition.path("type").asText().equals("Failed")) {
        throw new IllegalStateException("the migration has failed: " + condition);
      }
      if (yes && condition.path("type").asText().equals("Succeeded")) {
        return true;
      }
    }
    return false;
  }

  /** From the store's revisions: each rewritten Secret moves them by one, other writes are few. */
  private Phase patching(List<Revision> revisions, long secrets) {
    long last = revisions.get(revisions.size() - 1).number();
    long first = last - secrets + Math.max(1, secrets / 50);
    Instant began = revisions.get(0).at();
    Instant ended = revisions.get(revisions.size() - 1).at();
    for (Revision revision : revisions) {
      if (revision.number() < first) {
        began = revision.at();
      }
      if (revision.number() < last - 2) {
        ended = revision.at();
      }
    }
    return new Phase(name() + "-patching", began, ended);
  }
}
