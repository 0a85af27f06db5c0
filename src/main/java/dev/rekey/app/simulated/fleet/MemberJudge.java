package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.KeyView;
import dev.rekey.app.simulated.Violations;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.Provider;
import dev.rekey.simulation.cluster.etcd.EtcdWatcher;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * S1, S4 and K2 of one cluster: what a write does, in the instant in which etcd takes it, and that
 * no Secret lies under a version that is in no slot unless somebody's hand has dropped it.
 */
final class MemberJudge implements Judge, EtcdWatcher {
  private final Fleet fleet;
  private final FleetMember member;
  private final Violations violations;
  private final Map<String, String> uids = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  /** What others have written under another key than ARM shows, through a server left behind. */
  private final Set<String> behind = new HashSet<>();

  private long revision = -1;
  private @Nullable EncryptionConfiguration slots;
  private boolean movedByHand;

  MemberJudge(Fleet fleet, FleetMember member, Violations violations) {
    this.fleet = fleet;
    this.member = member;
    this.violations = violations;
    for (StoredSecret secret : member.cluster.oracle().secrets()) {
      uids.put(secret.key().path(), secret.uid());
      contents.put(
          secret.key().path(),
          member.cluster.oracle().content(secret.key().namespace(), secret.key().name()).toBytes());
    }
    member.cluster.watch(this);
  }

  @Override
  public void written(StoredSecret secret, byte[] content) {
    String path = secret.key().path();
    String uid = uids.put(path, secret.uid());
    byte[] earlier = contents.put(path, content);
    behind.remove(path);
    if (fleet.areOthersAtWork()) {
      writtenByOthers(secret);
      return;
    }
    check(uid != null, "S4", "a Secret was made");
    check(uid == null || uid.equals(secret.uid()), "S4", "a Secret was made anew");
    check(earlier == null || Arrays.equals(earlier, content), "S4", "a Secret was altered");
    String keyId = StorageOracle.keyId(secret);
    boolean isRolling = movedByHand && !member.controlPlane.hasRolled(member.name);
    check(
        isRolling || member.alive().stream().allMatch(replica -> reads(replica, keyId)),
        "S1",
        "a Secret was written under a key that an API server doesn't read");
  }

  /** Through a server that has been left behind, perhaps: nobody can know of that. */
  private void writtenByOthers(StoredSecret secret) {
    if (!StorageOracle.keyId(secret).equals(KeyView.keyIdOf(member.keys.settings()))) {
      behind.add(secret.key().path());
    }
    if (!member.envelopes.isInSlot(secret)) {
      member.envelopes.noteDroppedByOthers();
    }
  }

  private static boolean reads(SimulatedReplica replica, String keyId) {
    return replica.configuration().providers().stream()
        .anyMatch(
            provider ->
                provider instanceof Provider.Kms kms
                    ? StorageOracle.keyIdOf(kms.keyUrl()).equals(keyId)
                    : keyId.equals(StorageOracle.PLAIN));
  }

  @Override
  public void deleted(StoredSecret last) {
    uids.remove(last.key().path());
    contents.remove(last.key().path());
    behind.remove(last.key().path());
    check(fleet.areOthersAtWork(), "S4", "a Secret was deleted");
  }

  @Override
  public void weAreDone() {
    EncryptionConfiguration now = member.controlPlane.configuration();
    boolean isAsBefore = revision == member.cluster.oracle().revision() && isSame(now);
    if (!isAsBefore) {
      revision = member.cluster.oracle().revision();
      slots = now;
      check(
          member.envelopes.isEverySecretInSlot(),
          "K2",
          "a Secret lies under a key version that is in no slot");
    }
  }

  @SuppressWarnings("ReferenceEquality") // asked at every step, and each roll makes another
  private boolean isSame(EncryptionConfiguration now) {
    return now == slots;
  }

  /** Somebody has given the cluster another key by hand. */
  void noteMoved() {
    movedByHand = true;
    member.envelopes.noteDroppedByOthers();
  }

  /** Secrets that lie neither under this version nor where others have written them meanwhile. */
  long notUnder(String url) {
    String keyId = StorageOracle.keyIdOf(url);
    return member.cluster.oracle().secrets().stream()
        .filter(secret -> !StorageOracle.keyId(secret).equals(keyId))
        .filter(secret -> !behind.contains(secret.key().path()))
        .count();
  }

  private void check(boolean kept, String promise, String what) {
    if (!kept) {
      violations.add(promise, member + ": " + what);
    }
  }
}
