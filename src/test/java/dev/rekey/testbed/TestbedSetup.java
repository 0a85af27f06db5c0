package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyOperations;
import java.util.List;

/**
 * What a testbed starts with; see {@link Testbed#with} for the defaults.
 *
 * @param keys behind the KMS plugins
 * @param kubernetes what the replicas run at first
 * @param replicas of the API server; more than one needs {@code unshare --uts}
 * @param flags further kube-apiserver flags; where a flag appears twice, the later counts
 */
public record TestbedSetup(
    KeyOperations keys,
    KubernetesVersion kubernetes,
    int replicas,
    Loading loading,
    Slots slots,
    List<String> flags) {

  public TestbedSetup {
    flags = List.copyOf(flags);
  }

  public TestbedSetup kubernetes(KubernetesVersion version) {
    return new TestbedSetup(keys, version, replicas, loading, slots, flags);
  }

  public TestbedSetup replicas(int number) {
    return new TestbedSetup(keys, kubernetes, number, loading, slots, flags);
  }

  public TestbedSetup loading(Loading how) {
    return new TestbedSetup(keys, kubernetes, replicas, how, slots, flags);
  }

  public TestbedSetup key(String keyUrl) {
    return slots(Slots.of(keyUrl));
  }

  public TestbedSetup slots(Slots first) {
    return new TestbedSetup(keys, kubernetes, replicas, loading, first, flags);
  }

  public TestbedSetup flags(String... further) {
    return new TestbedSetup(keys, kubernetes, replicas, loading, slots, List.of(further));
  }

  /** Returns when every replica is ready. */
  public Testbed start() {
    return Testbed.start(this);
  }
}
