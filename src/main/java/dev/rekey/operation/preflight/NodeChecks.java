package dev.rekey.operation.preflight;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the cluster has nodes. AKS doesn't notice who scales its scale sets by their own
 * interface: its pools show the old count, and only the scale sets tell.
 */
final class NodeChecks {
  private NodeChecks() {}

  static Optional<Answer> present(Question question) {
    Expectation present =
        new Expectation(
            "nodes in a system pool, as many as AKS believes",
            Commands.nodePool(question, "scale", "--name <pool> --node-count 1"),
            "az vmss list --query \"[].{name:name,nodes:sku.capacity}\" --resource-group $("
                + Commands.show(question, "nodeResourceGroup")
                + " --output tsv)",
            Documented.KMS_LIMITATIONS);
    return present.judge(
        question.cluster().then(NodeChecks::counted),
        pools ->
            present.judge(
                question.seen().cluster().scaleSets(), sets -> judge(present, pools, sets)));
  }

  private static Reading<List<AgentPool>> counted(ClusterSetup cluster) {
    boolean known =
        cluster.pools().stream().allMatch(pool -> pool.mode() != null && pool.count() != null);
    boolean anyOfSystem = cluster.pools().stream().anyMatch(AgentPool::isOfSystem);
    return known && anyOfSystem
        ? Reading.of(cluster.pools())
        : Reading.unread("it doesn't show mode and count of every node pool");
  }

  private static Optional<Answer> judge(
      Expectation present, List<AgentPool> pools, List<ScaleSet> sets) {
    Map<String, Integer> real =
        sets.stream().collect(Collectors.toMap(ScaleSet::pool, ScaleSet::capacity, Math::addExact));
    List<AgentPool> ofSystem = pools.stream().filter(AgentPool::isOfSystem).toList();
    if (ofSystem.stream().noneMatch(pool -> real.containsKey(pool.name()))) {
      return present.cannotTell("no scale set of a system pool was found");
    }
    if (ofSystem.stream().allMatch(pool -> real.getOrDefault(pool.name(), 0) == 0)) {
      return present.failed("no system pool has a node: the API server can't be brought back then");
    }
    List<String> emptied =
        pools.stream().filter(pool -> isEmptied(pool, real)).map(AgentPool::name).toList();
    return emptied.isEmpty()
        ? present.passed(seen(ofSystem, real))
        : present.warned("scaled to zero behind AKS' back: " + String.join(", ", emptied));
  }

  private static boolean isEmptied(AgentPool pool, Map<String, Integer> real) {
    Integer believed = pool.count();
    return believed != null && believed > 0 && real.getOrDefault(pool.name(), 1) == 0;
  }

  private static String seen(List<AgentPool> ofSystem, Map<String, Integer> real) {
    int nodes = ofSystem.stream().mapToInt(pool -> real.getOrDefault(pool.name(), 0)).sum();
    return "system pools with " + nodes + " nodes";
  }
}
