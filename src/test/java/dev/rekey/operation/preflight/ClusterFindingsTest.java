package dev.rekey.operation.preflight;

import static dev.rekey.operation.preflight.Around.CURRENT;
import static dev.rekey.operation.preflight.Around.GROUP;
import static dev.rekey.operation.preflight.Around.PREVIOUS;
import static dev.rekey.operation.preflight.Around.TARGET;
import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks of the cluster itself find, and what they tell people to type. */
class ClusterFindingsTest {

  @ParameterizedTest
  @MethodSource("findings")
  void oneThingChanged_isFound(Expected expected) {
    expected.assertFound();
  }

  static Stream<Expected> findings() {
    return Stream.of(
        Expected.of(
            "provisioning-succeeded",
            it -> it.provisioningState = "Failed",
            FAILED,
            "provisioning state Failed",
            "az aks update {prod} --yes"),
        Expected.of(
            "provisioning-succeeded",
            it -> it.provisioningState = "Canceled",
            FAILED,
            "provisioning state Canceled",
            "az aks update {prod} --yes"),
        Expected.of(
            "provisioning-succeeded",
            it -> it.provisioningState = "Updating",
            CANNOT_TELL,
            "not known: it is still under way, provisioning state Updating",
            "az aks show {prod} --query \"provisioningState\""),
        Expected.of(
            "provisioning-succeeded",
            it -> it.provisioningState = null,
            CANNOT_TELL,
            "not known: it doesn't show its provisioning state",
            "az aks show {prod} --query \"provisioningState\""),
        Expected.of(
            "no-operation-in-progress",
            it -> it.provisioningState = "Updating",
            FAILED,
            "under way: cluster Updating",
            "az aks wait {prod} --updated"),
        Expected.of(
            "no-operation-in-progress",
            it -> it.provisioningState = "Failed",
            PASSED,
            "nothing is under way",
            ""),
        Expected.of(
            "no-operation-in-progress",
            it -> it.pools.add(new AgentPool("user", 1, "User", "Upgrading", null)),
            FAILED,
            "under way: node pool user Upgrading",
            "az aks wait {prod} --updated"),
        Expected.of(
            "no-operation-in-progress",
            it -> it.pools.add(new AgentPool("user", 1, "User", null, null)),
            CANNOT_TELL,
            "not known: it doesn't show every provisioning state",
            "az aks show {prod} --query \"agentPoolProfiles[].provisioningState\""),
        Expected.of(
            "no-operation-in-progress",
            it -> it.provisioningState = null,
            CANNOT_TELL,
            "not known: it doesn't show every provisioning state",
            "az aks show {prod} --query \"agentPoolProfiles[].provisioningState\""),
        Expected.of(
            "cluster-running",
            it -> it.powerState = "Stopped",
            FAILED,
            "power state Stopped",
            "az aks start {prod}"),
        Expected.of(
            "cluster-running",
            it -> it.powerState = null,
            CANNOT_TELL,
            "not known: it doesn't show its power state",
            "az aks show {prod} --query \"powerState\""),
        Expected.of(
            "kms-v2",
            it -> it.kubernetes = "1.26.15",
            FAILED,
            "Kubernetes 1.26.15, so KMS v1",
            "rekey migrate-to-kms-v2 --cluster {cluster}"),
        Expected.of(
            "kms-v2",
            it -> turnOff(it, "1.26.15"),
            WARNED,
            "Kubernetes 1.26.15, so KMS v1",
            "rekey migrate-to-kms-v2 --cluster {cluster}"),
        Expected.of(
            "kms-v2",
            it -> it.kubernetes = null,
            CANNOT_TELL,
            "not known: it doesn't show its version",
            "az aks show {prod} --query \"currentKubernetesVersion\""),
        Expected.of(
            "versioned-key-experience",
            it -> it.experience = KmsExperience.PLATFORM_MANAGED,
            FAILED,
            "the platform-managed or versionless-key experience, observed only, keyId {key}/2",
            "az aks show {prod} --query \"securityProfile\""),
        Expected.of(
            "versioned-key-experience",
            it -> it.experience = KmsExperience.UNPROVED,
            CANNOT_TELL,
            "not known: it can't be seen that this is a key version under KMS v2, keyId {key}/2",
            "az aks show {prod} --query \"securityProfile\""),
        Expected.of(
            "versioned-key-experience",
            it -> {
              it.experience = KmsExperience.UNPROVED;
              it.kubernetes = "1.26.15";
            },
            WARNED,
            "a key version of yours under KMS v1, which names no key, keyId {key}/2",
            "az aks show {prod} --query \"securityProfile\""),
        Expected.of(
            "versioned-key-experience",
            it -> it.experience = KmsExperience.NONE,
            PASSED,
            "KMS is off",
            ""),
        Expected.of(
            "versioned-key-experience",
            it -> it.keyId = null,
            PASSED,
            "a key version of yours",
            ""),
        Expected.of(
            "settings-as-expected",
            it -> it.kms = KmsSettings.of(PREVIOUS),
            FAILED,
            "Public vault, key {key}/1",
            "az aks show {prod} --query \"securityProfile.azureKeyVaultKms\""),
        Expected.of(
            "settings-as-expected",
            it -> it.kms = KmsSettings.OFF,
            FAILED,
            "KMS off",
            "az aks show {prod} --query \"securityProfile.azureKeyVaultKms\""),
        Expected.of(
            "settings-as-expected",
            it -> it.kms = new KmsSettings(CURRENT, NetworkAccess.PRIVATE, null),
            FAILED,
            "Private vault, key {key}/2",
            "az aks show {prod} --query \"securityProfile.azureKeyVaultKms\""),
        Expected.of(
            "settings-as-expected",
            it -> it.kms = null,
            CANNOT_TELL,
            "not known: it doesn't show KMS settings that can be understood",
            "az aks show {prod} --query \"securityProfile.azureKeyVaultKms\""),
        Expected.of(
            "settings-as-expected",
            it -> it.change = new Change(KmsSettings.OFF, KmsSettings.of(TARGET), null),
            FAILED,
            "Public vault, key {key}/2",
            "az aks show {prod} --query \"securityProfile.azureKeyVaultKms\""),
        Expected.of(
            "secrets-within-kms-v1-limit",
            it -> old(it, Reading.of(2_000L)),
            PASSED,
            "2000 Secrets where KMS v1 serves",
            ""),
        Expected.of(
            "secrets-within-kms-v1-limit",
            it -> old(it, Reading.of(2_001L)),
            FAILED,
            "2001 Secrets where KMS v1 serves",
            "kubectl get secrets --all-namespaces --no-headers | wc --lines"),
        Expected.of(
            "secrets-within-kms-v1-limit",
            it -> old(it, Reading.unread("nobody counted")),
            CANNOT_TELL,
            "not known: nobody counted",
            "kubectl get secrets --all-namespaces --no-headers | wc --lines"),
        Expected.of(
            "secrets-within-kms-v1-limit",
            it -> it.secrets = Reading.unread("nobody counted"),
            PASSED,
            "KMS v2",
            ""),
        Expected.of(
            "system-nodes-present",
            it -> it.scaleSets = Reading.of(List.of(new ScaleSet("system", 0))),
            FAILED,
            "no system pool has a node: the API server can't be brought back then",
            "az aks nodepool scale --resource-group rg --cluster-name prod --name <pool> --node-count 1"),
        Expected.of(
            "system-nodes-present",
            it -> it.scaleSets = Reading.of(List.of()),
            CANNOT_TELL,
            "not known: no scale set of a system pool was found",
            "az vmss list --query \"[].{name:name,nodes:sku.capacity}\" --resource-group $(az aks show {prod} --query \"nodeResourceGroup\" --output tsv)"),
        Expected.of(
            "system-nodes-present",
            it ->
                it.scaleSets =
                    Reading.lacking(
                        new Right("Microsoft.Compute/virtualMachineScaleSets/read", GROUP)),
            CANNOT_TELL,
            "not known: the right Microsoft.Compute/virtualMachineScaleSets/read on {group} is missing",
            "az role assignment create --role \"Reader\" {to-rekey} --scope {group}"),
        Expected.of(
            "system-nodes-present",
            it -> userPool(it, 2, 0),
            WARNED,
            "scaled to zero behind AKS' back: user",
            "az aks nodepool scale --resource-group rg --cluster-name prod --name <pool> --node-count 1"),
        Expected.of(
            "system-nodes-present",
            it -> userPool(it, 0, 0),
            PASSED,
            "system pools with 3 nodes",
            ""),
        Expected.of(
            "system-nodes-present",
            it -> userPool(it, 2, 2),
            PASSED,
            "system pools with 3 nodes",
            ""),
        Expected.of(
            "system-nodes-present",
            it -> it.pools.clear(),
            CANNOT_TELL,
            "not known: it doesn't show mode and count of every node pool",
            "az vmss list --query \"[].{name:name,nodes:sku.capacity}\" --resource-group $(az aks show {prod} --query \"nodeResourceGroup\" --output tsv)"),
        Expected.of(
            "system-nodes-present",
            it -> it.pools.add(new AgentPool("user", null, "User", "Succeeded", null)),
            CANNOT_TELL,
            "not known: it doesn't show mode and count of every node pool",
            "az vmss list --query \"[].{name:name,nodes:sku.capacity}\" --resource-group $(az aks show {prod} --query \"nodeResourceGroup\" --output tsv)"),
        Expected.of(
            "system-nodes-present",
            it -> it.pools.add(new AgentPool("user", 1, null, "Succeeded", null)),
            CANNOT_TELL,
            "not known: it doesn't show mode and count of every node pool",
            "az vmss list --query \"[].{name:name,nodes:sku.capacity}\" --resource-group $(az aks show {prod} --query \"nodeResourceGroup\" --output tsv)"),
        Expected.of(
            "system-nodes-present",
            it -> it.pools.add(new AgentPool("second", 1, "System", "Succeeded", null)),
            PASSED,
            "system pools with 3 nodes",
            ""));
  }

  private static void turnOff(Around it, String kubernetes) {
    to(it, KmsSettings.OFF);
    it.kubernetes = kubernetes;
  }

  private static void to(Around it, KmsSettings settings) {
    it.change = new Change(it.change.from(), settings, it.change.previous());
  }

  private static void old(Around it, Reading<Long> secrets) {
    it.kubernetes = "1.26.15";
    it.secrets = secrets;
  }

  private static void userPool(Around it, int believed, int real) {
    it.pools.add(new AgentPool("user", believed, "User", "Succeeded", null));
    it.scaleSets = Reading.of(List.of(new ScaleSet("system", 3), new ScaleSet("user", real)));
  }
}
