package dev.rekey.endtoend.kills;

import static java.util.stream.Collectors.groupingBy;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.testbed.StoredSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Raw etcd on one side, what the records claim on the other, in the middle of an operation.
 *
 * @param planted all Secrets, by {@code namespace/name}
 * @param from the key that they lay under when the operation began
 * @param target the key that all are to lie under
 */
record EtcdAndClaim(Set<String> planted, KeyId from, KeyId target) {

  /**
   * Each Secret that is lost or was never planted, each that lies under neither key, and a claim
   * that says more than etcd holds.
   *
   * @param claim read before etcd was: what it claims has happened before
   */
  List<String> disagreements(Claim claim, List<StoredSecret> stored) {
    Map<String, List<StoredSecret>> byKey =
        stored.stream().collect(groupingBy(StoredSecret::keyId));
    List<StoredSecret> rewritten = byKey.getOrDefault(KeyIdHash.kmsKeyId(target), List.of());
    List<String> wrong = new ArrayList<>(lostOrAdded(stored));
    wrong.addAll(overstated(claim, rewritten.size()));
    byKey.remove(KeyIdHash.kmsKeyId(target));
    byKey.remove(KeyIdHash.kmsKeyId(from));
    byKey.values().stream()
        .flatMap(List::stream)
        .forEach(secret -> wrong.add(name(secret) + " lies under neither key: " + how(secret)));
    return wrong;
  }

  private List<String> lostOrAdded(List<StoredSecret> stored) {
    Set<String> lost = new TreeSet<>(planted);
    List<String> wrong = new ArrayList<>();
    for (StoredSecret secret : stored) {
      if (!lost.remove(name(secret))) {
        wrong.add(name(secret) + " was never planted");
      }
    }
    lost.forEach(full -> wrong.add(full + " is gone"));
    return wrong;
  }

  private List<String> overstated(Claim claim, int rewritten) {
    if (claim.secrets() > 0 && !KeyIdHash.predict(target).equals(claim.target())) {
      return List.of("the records name another target: " + claim);
    }
    return rewritten >= claim.secrets()
        ? List.of()
        : List.of("etcd holds " + rewritten + " under the target, the records claim " + claim);
  }

  private static String name(StoredSecret secret) {
    return secret.namespace() + "/" + secret.name();
  }

  private static String how(StoredSecret secret) {
    return secret.isPlain() ? "plain" : secret.prefix() + " " + secret.keyId();
  }
}
