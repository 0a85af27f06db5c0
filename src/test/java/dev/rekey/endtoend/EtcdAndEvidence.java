package dev.rekey.endtoend;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.testbed.StoredSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Raw etcd on one side, what the evidence claims on the other, Secret by Secret. */
public final class EtcdAndEvidence {
  private final List<StoredSecret> stored;
  private final Evidence evidence;
  private final Predicate<StoredSecret> liesThere;

  public EtcdAndEvidence(List<StoredSecret> stored, Evidence evidence, KeyId target) {
    this(stored, evidence, secret -> secret.keyId().equals(KeyIdHash.kmsKeyId(target)));
  }

  private EtcdAndEvidence(
      List<StoredSecret> stored, Evidence evidence, Predicate<StoredSecret> liesThere) {
    this.stored = stored;
    this.evidence = evidence;
    this.liesThere = liesThere;
  }

  /** The same where KMS is off: all is to lie plain. */
  static EtcdAndEvidence plain(List<StoredSecret> stored, Evidence evidence) {
    return new EtcdAndEvidence(stored, evidence, StoredSecret::isPlain);
  }

  /**
   * Each Secret in etcd that doesn't lie under the target without an exception that says so, each
   * exception for a Secret that isn't there, and a sum that doesn't hold; empty if both agree.
   */
  public List<String> disagreements() {
    List<String> wrong = new ArrayList<>();
    Map<String, String> exempt = reasons();
    Set<String> there = new TreeSet<>();
    for (StoredSecret secret : stored) {
      String full = secret.namespace() + "/" + secret.name();
      there.add(full);
      boolean said = exempt.containsKey(full) || exempt.containsKey(secret.namespace() + "/*");
      if (!liesThere.test(secret) && !said) {
        wrong.add(full + " lies under " + secret.prefix() + ", and no exception says so");
      }
    }
    exempt.keySet().stream()
        .filter(full -> !full.endsWith("/*") && !there.contains(full))
        .forEach(full -> wrong.add(full + " is an exception, and etcd holds no such Secret"));
    Evidence.Secrets sums = evidence.secrets();
    long ended = sums.rewritten() + sums.current() + sums.deleted() + sums.exceptions();
    if (sums.discovered() != ended + sums.remaining() || sums.remaining() != 0) {
      wrong.add("the sum doesn't hold: " + sums);
    }
    return wrong;
  }

  /** The reason of each exception, by {@code namespace/name}, with who denied it. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    for (Evidence.Exempt exempt : evidence.exceptions()) {
      String by = exempt.by() == null ? "" : " by " + exempt.by();
      reasons.put(exempt.namespace() + "/" + exempt.name(), exempt.reason() + by);
    }
    return reasons;
  }

  /** What etcd holds under the target, by {@code namespace/name}. */
  Set<String> underTarget(Predicate<StoredSecret> which) {
    Set<String> names = new TreeSet<>();
    stored.stream()
        .filter(which)
        .filter(liesThere)
        .forEach(secret -> names.add(secret.namespace() + "/" + secret.name()));
    return names;
  }
}
