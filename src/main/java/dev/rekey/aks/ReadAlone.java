package dev.rekey.aks;

import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes clusters as lists show them, and reads those by themselves of which a list doesn't say all.
 * So many at most: a list that says of none enough would otherwise cost a request for each.
 */
final class ReadAlone {
  /** What ARM lets a reader have at once, and grows again within seconds. */
  static final int MOST = 200;

  private static final int MOST_NAMES = 20;

  private final ClusterIds ids;
  private final Function<ArmScope, ManagedCluster> read;
  private final List<OutsideFault> missing = new ArrayList<>();
  private final List<ArmScope> left = new ArrayList<>();
  private int reads;

  /**
   * @param read reads a cluster by itself
   */
  ReadAlone(ClusterIds ids, Function<ArmScope, ManagedCluster> read) {
    this.ids = ids;
    this.read = read;
  }

  /** The clusters, without those that can't be read. */
  List<ManagedCluster> look(List<ListedCluster> listed) {
    List<ManagedCluster> found = new ArrayList<>();
    for (ListedCluster each : listed) {
      ManagedCluster shown = each.shown();
      if (shown != null) {
        found.add(shown);
      } else {
        read(each.id(), found);
      }
    }
    return found;
  }

  private void read(ArmScope id, List<ManagedCluster> found) {
    boolean isNamed = ids.isNamed(id);
    if (!isNamed && ++reads > MOST) {
      left.add(id);
      return;
    }
    try {
      found.add(read.apply(id));
    } catch (OutsideFault fault) {
      boolean vanished = fault.kind() == OutsideFault.Kind.NOT_FOUND && !isNamed;
      if (!vanished) {
        missing.add(fault);
      }
    }
  }

  /** A fault for each that can't be read, and one for all that weren't since they are too many. */
  List<OutsideFault> missing() {
    List<OutsideFault> all = new ArrayList<>(missing);
    if (!left.isEmpty()) {
      all.add(tooMany());
    }
    return all;
  }

  private OutsideFault tooMany() {
    String names =
        left.stream()
            .limit(MOST_NAMES)
            .map(id -> id.name().value())
            .collect(Collectors.joining(", "));
    String more = left.size() > MOST_NAMES ? ", …" : "";
    return ArmFaults.malformed(
        "look at " + left.size() + " clusters",
        "lists don't show them as a whole, and no more than "
            + MOST
            + " are read by themselves in one look; left out: "
            + names
            + more);
  }
}
