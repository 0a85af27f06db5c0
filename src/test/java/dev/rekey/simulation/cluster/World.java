package dev.rekey.simulation.cluster;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.PatchLane;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.Sha256;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small cluster for a test, and what tests do with one. */
final class World {
  static final String KEY_1 = "https://example.vault.azure.net/keys/etcd/1111";
  static final String KEY_2 = "https://example.vault.azure.net/keys/etcd/2222";
  static final String KEY_3 = "https://example.vault.azure.net/keys/etcd/3333";

  /** Reads what lies under key 1, writes with key 2. */
  static final EncryptionConfiguration ROTATED = EncryptionConfiguration.encrypted(KEY_2, KEY_1);

  /** Rotated twice without rewriting in between: nothing reads what lies under key 1. */
  static final EncryptionConfiguration DROPPED = EncryptionConfiguration.encrypted(KEY_3, KEY_2);

  static final EncryptionConfiguration BEFORE = EncryptionConfiguration.encrypted(KEY_1);

  final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
  final TestVault vault = new TestVault();
  final List<String> log = new ArrayList<>();
  final SimulatedCluster cluster;
  final SimulatedApiServers servers;

  World(ClusterShape shape, long seed) {
    cluster = new SimulatedCluster(shape, vault, time, seed, log::add);
    servers = new SimulatedApiServers(cluster);
  }

  /** Two replicas that have rotated from key 1 to key 2; all Secrets are stale. */
  static World rotated(int secrets) {
    World world = new World(ClusterShape.encrypting(ROTATED), 7);
    world.cluster.seed(SecretBatch.of(secrets, 3), BEFORE).start();
    return world;
  }

  SimulatedReplica replica(int index) {
    return cluster.replica(index);
  }

  List<SecretRef> refs() {
    return cluster.oracle().secrets().stream().map(StoredSecret::ref).toList();
  }

  List<Look> pass(PatchMode mode) {
    List<Look> looks = new ArrayList<>();
    try (PatchLane lane = servers.openLane(mode)) {
      List<SecretRef> refs = refs();
      refs.forEach(lane::submit);
      while (looks.size() < refs.size()) {
        looks.add(lane.take(time.instant().plus(Duration.ofMinutes(10))));
      }
    }
    return looks;
  }

  PatchAnswer patchAt(int replica, SecretRef secret) {
    return PatchAnswers.ask(replica(replica), secret, PatchMode.APPLY);
  }

  long reads(int replica, String keyUrl) {
    return replica(replica).sample().reads().getOrDefault(hash(keyUrl), 0L);
  }

  long writes(int replica, String keyUrl) {
    return replica(replica).sample().writes().getOrDefault(hash(keyUrl), 0L);
  }

  static KeyIdHash hash(String keyUrl) {
    return KeyIdHash.ofKmsKeyId(Sha256.hex(keyUrl));
  }

  /** Looks whose answer is another resourceVersion than the one before. */
  static long moved(List<Look> looks) {
    return looks.stream().filter(World::moved).count();
  }

  static boolean moved(Look look) {
    return look.answer() instanceof PatchAnswer.Patched patched
        && !patched.resourceVersion().equals(look.secret().resourceVersion());
  }
}
