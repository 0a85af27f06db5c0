package dev.rekey.operation;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The one cluster, key and rotation that tests speak of: from version 1 to version 2 of a key. */
public final class Example {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final ClusterName CLUSTER = new ClusterName("prod-1");
  public static final String ETAG = "\"etag-1\"";
  public static final Origin ORIGIN = new Origin(Origin.Trigger.EVENT, "key-vault", "test");

  private Example() {}

  /** A version of the example key; later ones have higher numbers. */
  public static KeyId key(int number) {
    return KeyId.parse("https://example.vault.azure.net/keys/etcd/v" + number, Cloud.PUBLIC);
  }

  public static KeyIdHash hash(int number) {
    return KeyIdHash.predict(key(number));
  }

  /** A fit version, made the later the higher its number is. */
  public static KeyVersion version(int number) {
    return new KeyVersion(
        key(number), true, madeAt(number), null, null, "RSA", Set.of("encrypt", "decrypt"));
  }

  public static KeyVersion disabled(int number) {
    return new KeyVersion(
        key(number), false, madeAt(number), null, null, "RSA", Set.of("encrypt", "decrypt"));
  }

  public static KeyVersion expiring(int number, Instant expires) {
    return new KeyVersion(
        key(number), true, madeAt(number), null, expires, "RSA", Set.of("encrypt", "decrypt"));
  }

  public static Instant madeAt(int number) {
    return NOW.minus(Duration.ofDays(100 - number));
  }

  /** The cluster as ARM shows it, settled on a version of the example key. */
  public static ManagedCluster clusterOn(int number) {
    return cluster(KmsExperience.VERSIONED_KEY, key(number).url(), ETAG, "Succeeded");
  }

  public static ManagedCluster clusterOn(int number, String etag, String provisioningState) {
    return cluster(KmsExperience.VERSIONED_KEY, key(number).url(), etag, provisioningState);
  }

  public static ManagedCluster cluster(
      KmsExperience experience, String keyId, String etag, String provisioningState) {
    return new ManagedCluster(
        CLUSTER,
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/prod-1",
        experience,
        experience == KmsExperience.NONE ? ShownKms.OFF : ShownKms.on(keyId),
        "1.33.5",
        etag,
        provisioningState,
        Map.of());
  }

  public static Operation operation(Kind kind) {
    return new Operation(
        "20260301-1", kind, CLUSTER, ORIGIN, Route.of(key(1), key(2)), NOW, Progress.START);
  }

  /** A rotation from version 1 to version 2 that has passed its checks. */
  public static Operation rotation(Pass... passes) {
    return with(operation(Kind.ROTATE), Progress.START.withChecked(), passes);
  }

  /** The same, with an update that may have been sent. */
  public static Operation updatedRotation(Update update, Pass... passes) {
    return with(operation(Kind.ROTATE), Progress.START.withChecked().with(update), passes);
  }

  /** A re-encryption of a cluster that is known by a kubeconfig only. */
  public static Operation reencryption(Pass... passes) {
    Operation bare =
        new Operation(
            "20260301-1",
            Kind.REENCRYPT,
            CLUSTER,
            ORIGIN,
            Route.UNKNOWN,
            NOW,
            Progress.START.withChecked());
    return with(bare, bare.progress(), passes);
  }

  public static Operation with(Operation operation, Progress progress, Pass... passes) {
    Progress filled =
        Arrays.stream(passes).reduce(progress, (before, pass) -> before.with(pass), (a, b) -> b);
    return operation.with(filled);
  }

  public static Update update(int attempts) {
    return new Update(ETAG, attempts, NOW.minusSeconds(600), null);
  }

  public static Ledger ledger() {
    return Ledger.firstSeen(NOW.minus(Duration.ofDays(365)), key(1));
  }

  public static Ledger ledgerProvedOn(int number, String etag) {
    return ledger().proved(new ProvedOn(key(number), etag, NOW.minusSeconds(60), "earlier"));
  }

  public static Finding finding(String check, Verdict verdict) {
    return new Finding(
        check, "all is well", verdict, "seen of " + check, "better", "type this", "https://docs");
  }

  /** Of a cluster that has no maintenance window. */
  public static Facts facts(Operation operation) {
    return facts(operation, ledger());
  }

  public static Facts facts(Operation operation, Ledger ledger) {
    return Facts.known(NOW, operation, ledger).with(Opening.atOnce(NOW));
  }
}
