package dev.rekey.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.preflight.AgentPool;
import dev.rekey.operation.preflight.AssignedIdentity;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.OwnRights;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Right;
import dev.rekey.operation.preflight.ScaleSet;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.OutsideFault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies around clusters, as Azure Resource Manager shows it. Thread-safe. */
final class ArmSurroundings implements ClusterSurroundings {
  private final ClusterIds ids;
  private final Cloud cloud;
  private final ArmParts parts;
  private final ArmRights rights;
  private final ArmVaults vaults;

  ArmSurroundings(ClusterIds ids, Cloud cloud, ArmParts parts) {
    this.ids = ids;
    this.cloud = cloud;
    this.parts = parts;
    this.rights = new ArmRights(parts);
    this.vaults = new ArmVaults(parts, rights);
  }

  @Override
  public ClusterSide cluster(ClusterName cluster) {
    Reading<ArmScope> found = ArmParts.reading(null, () -> ids.of(cluster));
    return found instanceof Reading.Read<ArmScope> read
        ? cluster(read.value())
        : ClusterSide.unread(found);
  }

  private ClusterSide cluster(ArmScope id) {
    String doing = "read the cluster " + id.name();
    Reading<ClusterSetupView> view =
        parts.one(
            doing,
            id.id(),
            ArmVersion.CLUSTER,
            new Right("Microsoft.ContainerService/managedClusters/read", id.id()),
            body -> new ClusterSetupView(doing, id, cloud, body));
    Reading<ClusterSetup> setup = view.then(ArmSurroundings::setup);
    List<AssignedIdentity> identities =
        setup.known().map(read -> read.identity().userAssigned()).orElse(List.of());
    return new ClusterSide(
        setup,
        tenant(id),
        identities.stream().map(this::identity).toList(),
        view.then(body -> scaleSets(id, body)),
        ownRights(id, setup));
  }

  private static Reading<ClusterSetup> setup(ClusterSetupView view) {
    try {
      return Reading.of(view.setup());
    } catch (OutsideFault malformed) {
      return Reading.unread(String.valueOf(malformed.getMessage()));
    }
  }

  private Reading<String> tenant(ArmScope id) {
    String scope = "/subscriptions/" + id.subscription();
    String doing = "read the subscription " + id.subscription();
    return parts.one(
        doing,
        scope,
        ArmVersion.SUBSCRIPTION,
        new Right("Microsoft.Resources/subscriptions/read", scope),
        body -> guid(doing, body, "/tenantId"));
  }

  private Reading<AssignedIdentity> identity(AssignedIdentity shown) {
    String doing = "read the identity " + shown.resourceId();
    return parts.one(
        doing,
        shown.resourceId(),
        ArmVersion.IDENTITY,
        new Right("Microsoft.ManagedIdentity/userAssignedIdentities/read", shown.resourceId()),
        body ->
            new AssignedIdentity(shown.resourceId(), guid(doing, body, "/properties/principalId")));
  }

  private static String guid(String doing, ObjectNode body, String pointer) {
    return Optional.ofNullable(StrictMember.text(body.at(pointer), StrictMember.GUID))
        .orElseThrow(() -> ArmFaults.malformed(doing, "its answer shows no " + pointer));
  }

  private Reading<List<ScaleSet>> scaleSets(ArmScope id, ClusterSetupView body) {
    Optional<String> group = body.nodeGroup();
    if (group.isEmpty()) {
      return Reading.unread("it doesn't show the resource group of its nodes");
    }
    String scope = "/subscriptions/" + id.subscription() + "/resourceGroups/" + group.get();
    String doing = "list the scale sets of " + scope;
    return parts
        .list(
            doing,
            scope + "/providers/Microsoft.Compute/virtualMachineScaleSets",
            ArmVersion.SCALE_SET,
            "",
            new Right("Microsoft.Compute/virtualMachineScaleSets/read", scope),
            each -> ScaleSetView.of(doing, each))
        .map(all -> all.stream().flatMap(Optional::stream).toList());
  }

  private List<OwnRights> ownRights(ArmScope id, Reading<ClusterSetup> setup) {
    Stream<String> linked = setup.known().stream().flatMap(ArmSurroundings::linked);
    return Stream.concat(Stream.of(id.id()), linked).map(rights::own).toList();
  }

  private static Stream<String> linked(ClusterSetup cluster) {
    Stream<String> identities =
        cluster.identity().userAssigned().stream().map(AssignedIdentity::resourceId);
    Stream<@Nullable String> subnets =
        Stream.concat(
            cluster.pools().stream().map(AgentPool::subnetId),
            Stream.ofNullable(cluster.apiServer().subnetId()));
    return Stream.concat(identities, subnets.filter(Objects::nonNull)).distinct();
  }

  @Override
  public VaultSide vault(
      ClusterName cluster, String host, @Nullable String resourceId, List<String> principals) {
    Reading<ResourceId> id =
        ArmParts.reading(null, () -> ids.of(cluster))
            .then(scope -> vaults.locate(scope.subscription(), host, resourceId));
    return id instanceof Reading.Read<ResourceId> read
        ? vaults.side(host, read.value(), principals)
        : VaultSide.unread(host, id);
  }
}
