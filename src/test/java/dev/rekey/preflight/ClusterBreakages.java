package dev.rekey.preflight;

import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.WARNED;
import static dev.rekey.preflight.PreflightWorld.KEY;
import static dev.rekey.preflight.PreflightWorld.KMS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.simulation.azure.UsualNeighbours;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What breaks the checks of the cluster itself. */
final class ClusterBreakages {
  private ClusterBreakages() {}

  static Stream<Breakage> all() {
    return Stream.of(
        Breakage.of("provisioning-succeeded", "failed", FAILED, state("Failed")),
        Breakage.of("provisioning-succeeded", "aborted", FAILED, state("Canceled")),
        Breakage.of("no-operation-in-progress", "updating", FAILED, state("Updating")),
        Breakage.of(
            "no-operation-in-progress",
            "pool upgrading",
            FAILED,
            pool("provisioningState", "Upgrading")),
        Breakage.of(
            "cluster-running",
            "stopped",
            FAILED,
            cluster("/properties/powerState", "code", "Stopped")),
        Breakage.of("kms-v2", "1.26", FAILED, version("1.26.15")),
        Breakage.of(
            "versioned-key-experience",
            "platform",
            FAILED,
            cluster(
                "/properties/securityProfile/kubernetesResourceObjectEncryptionProfile",
                "infrastructureEncryption",
                "Enabled")),
        Breakage.of(
            "versioned-key-experience",
            "versionless",
            FAILED,
            cluster(KMS, "keyId", KEY.toString())),
        Breakage.of(
            "settings-as-expected",
            "other key",
            FAILED,
            world -> world.arm.keyIdWrittenByAnother(world.prod, world.zeroth)),
        Breakage.of(
            "settings-as-expected",
            "switched off",
            FAILED,
            world -> world.cluster(body -> body.withObject(KMS).put("enabled", false))),
        Breakage.of(
            "settings-as-expected",
            "other mode",
            FAILED,
            cluster(KMS, "keyVaultNetworkAccess", "Private")),
        Breakage.of(
            "secrets-within-kms-v1-limit",
            "2,001 on v1",
            FAILED,
            version("1.26.15").andThen(PreflightWorld::manySecrets)),
        Breakage.of(
            "system-nodes-present",
            "scaled to zero behind AKS",
            FAILED,
            world -> scaleTo(world, 0)),
        Breakage.of(
            "system-nodes-present",
            "a user pool scaled to zero",
            WARNED,
            ClusterBreakages::emptyUserPool),
        Breakage.of(
            "system-nodes-present",
            "no scale set",
            CANNOT_TELL,
            world -> world.neighbours.remove(world.scaleSetId)));
  }

  private static Consumer<PreflightWorld> cluster(String object, String member, String value) {
    return world -> world.cluster(body -> body.withObject(object).put(member, value));
  }

  private static Consumer<PreflightWorld> state(String value) {
    return cluster("/properties", "provisioningState", value);
  }

  private static Consumer<PreflightWorld> version(String value) {
    return cluster("/properties", "currentKubernetesVersion", value);
  }

  private static Consumer<PreflightWorld> pool(String member, String value) {
    return world ->
        world.cluster(
            body -> ((ObjectNode) body.at("/properties/agentPoolProfiles/0")).put(member, value));
  }

  private static void scaleTo(PreflightWorld world, int capacity) {
    world.neighbours.change(
        world.scaleSetId, body -> body.withObject("/sku").put("capacity", capacity));
  }

  private static void emptyUserPool(PreflightWorld world) {
    world.cluster(
        body -> {
          ObjectNode pool = body.at("/properties/agentPoolProfiles/0").deepCopy();
          pool.put("name", "user").put("mode", "User");
          body.withArray("/properties/agentPoolProfiles").add(pool);
        });
    new UsualNeighbours(world.neighbours).around(world.arm.body(world.prod), "sample-kv");
    world.neighbours.change(
        world.scaleSetId.replace("aks-pool", "aks-user"),
        body -> body.withObject("/sku").put("capacity", 0));
  }
}
