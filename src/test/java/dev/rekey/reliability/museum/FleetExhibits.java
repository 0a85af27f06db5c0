package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.operation.ManagedCluster;
import dev.rekey.reliability.TwelveClusters;
import dev.rekey.service.Ports;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.simulation.fault.FaultPlan;
import java.util.List;
import java.util.Map;

/** What goes wrong where one key serves many clusters. */
final class FleetExhibits {
  private static final String ONCE = "twelve clusters, one version";
  private static final String TWICE = "twelve clusters, two versions";

  private FleetExhibits() {}

  static List<FleetExhibit> all() {
    return List.of(canaryNotWaitedFor(), wavesNotRead(), clusterForgotten());
  }

  private static FleetExhibit canaryNotWaitedFor() {
    return new FleetExhibit(
        "eleven clusters follow a canary that ARM shows on the new version, though it has failed",
        "one key for twelve clusters, and all rotate at once",
        "W1",
        tampering(KeyExhibits::alwaysProved),
        with -> TwelveClusters.once(with, FaultPlan.NONE),
        ONCE);
  }

  private static FleetExhibit wavesNotRead() {
    return new FleetExhibit(
        "a list of clusters comes without their tags, and the canary is one of twelve",
        "lists that show less than a read does",
        "W1",
        tampering(
            Tamper.clusters("find", (arguments, call) -> tagless((FoundClusters) call.make()))),
        with -> TwelveClusters.once(with, FaultPlan.NONE),
        ONCE);
  }

  private static FoundClusters tagless(FoundClusters found) {
    return new FoundClusters(
        found.clusters().stream().map(FleetExhibits::tagless).toList(), found.missing());
  }

  private static ManagedCluster tagless(ManagedCluster cluster) {
    return new ManagedCluster(
        cluster.name(),
        cluster.resourceId(),
        cluster.experience(),
        cluster.kms(),
        cluster.kubernetesVersion(),
        cluster.etag(),
        cluster.provisioningState(),
        Map.of());
  }

  private static FleetExhibit clusterForgotten() {
    return new FleetExhibit(
        "a cluster that a list leaves out still needs a version that is said not to be needed",
        "somebody deletes a key that an old cluster still needs",
        "T1",
        tampering(FleetExhibits::withoutTheLast),
        TwelveClusters::twice,
        TWICE);
  }

  /** What is left out isn't said to be. */
  private static Ports withoutTheLast(Ports ports) {
    return Tamper.clusters(
            "find",
            (arguments, call) -> {
              FoundClusters found = (FoundClusters) call.make();
              List<ManagedCluster> all = found.clusters();
              return new FoundClusters(all.subList(0, all.size() - 1), found.missing());
            })
        .apply(ports);
  }
}
