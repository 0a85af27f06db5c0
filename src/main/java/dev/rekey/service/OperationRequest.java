package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.MinorVersion;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person's or a platform's wish to have something done to a cluster.
 *
 * @param expectedKeyId the key version that the asker believes to be in use; another one declines
 *     the request. Null for whichever it is
 * @param targetKeyId the version to rotate to, null for the newest fit one; the version to turn KMS
 *     on with
 * @param networkAccess how the vault is to be reached; null for as it is, or public
 * @param vaultResourceId the vault's ARM id, for a private one; null where none is named
 * @param upgradeTo the Kubernetes that Rekey is to upgrade the cluster to, where a migration comes
 *     to that; null to leave it to a person
 * @param origin who asks, by which way and why; the same request key again is the same request
 *     again
 */
public record OperationRequest(
    ClusterName cluster,
    Kind kind,
    @Nullable KeyId expectedKeyId,
    @Nullable KeyId targetKeyId,
    @Nullable NetworkAccess networkAccess,
    @Nullable String vaultResourceId,
    @Nullable KubernetesVersion upgradeTo,
    Origin origin) {

  /** What Kubernetes a migration can be told to upgrade to, for whoever has to type it. */
  public static final String UPGRADE_FORM =
      KubernetesVersion.FORM
          + ", of Kubernetes "
          + MinorVersion.FIRST_WITH_KMS_V2
          + " or later, one minor version ahead of the one that runs";

  private static final Pattern REASON =
      Pattern.compile("[^\\p{Cntrl}\\p{Cf}\\u2028\\u2029]{1,500}");
  private static final Pattern VAULT_ID =
      Pattern.compile(
          "/subscriptions/[0-9a-f-]{36}/resourceGroups/[\\w.()-]{1,90}"
              + "/providers/Microsoft\\.KeyVault/vaults/[a-z0-9-]{3,24}",
          Pattern.CASE_INSENSITIVE);

  /** Without an upgrade. */
  public OperationRequest(
      ClusterName cluster,
      Kind kind,
      @Nullable KeyId expectedKeyId,
      @Nullable KeyId targetKeyId,
      @Nullable NetworkAccess networkAccess,
      @Nullable String vaultResourceId,
      Origin origin) {
    this(cluster, kind, expectedKeyId, targetKeyId, networkAccess, vaultResourceId, null, origin);
  }

  /** Whether a text can be a reason: one line of 1 to 500 characters. */
  public static boolean isReason(String text) {
    return REASON.matcher(text).matches();
  }

  /** Reads such a version; empty if it is none, or one without KMS v2. */
  public static Optional<KubernetesVersion> upgradeTo(String text) {
    return KubernetesVersion.of(text).filter(version -> version.minorVersion().hasKmsV2());
  }

  /** Whether a text is the ARM id of a vault. */
  public static boolean isVaultResourceId(String text) {
    return VAULT_ID.matcher(text).matches();
  }

  /**
   * The same wish, held to a route that was found for it: if the cluster has moved since, nothing
   * must begin, and a newer version that was made since isn't what somebody agreed to.
   */
  public OperationRequest along(Route route) {
    if (!route.isKnown()) {
      return this;
    }
    KeyId first = route.stops().get(0).key();
    boolean isHeldToSecond = kind == Kind.ROTATE || kind == Kind.RECOVER_DROPPED_KEY;
    KeyId last = isHeldToSecond ? route.stops().get(1).key() : targetKeyId;
    return new OperationRequest(
        cluster, kind, first, last, networkAccess, vaultResourceId, upgradeTo, origin);
  }

  /** Whether an operation does what is asked for, whoever asked for it and why. */
  public boolean isServedBy(Operation operation) {
    List<KmsSettings> stops = operation.route().stops();
    if (kind != operation.kind() || stops.isEmpty()) {
      return kind == operation.kind() && saysNothing();
    }
    KmsSettings first = stops.get(0);
    // A dropped version is brought back by the first phase; where the next leads, nobody says.
    KmsSettings last = stops.get(kind == Kind.RECOVER_DROPPED_KEY ? 1 : stops.size() - 1);
    return isUnsaidOr(targetKeyId, last.key())
        && isUnsaidOr(expectedKeyId, first.key())
        && isUnsaidOr(networkAccess, last.access())
        && isUnsaidOr(upgradeTo, operation.route().upgradeTo());
  }

  private boolean saysNothing() {
    return Stream.of(targetKeyId, expectedKeyId, networkAccess, upgradeTo)
        .allMatch(Objects::isNull);
  }

  private static boolean isUnsaidOr(@Nullable Object said, @Nullable Object is) {
    return said == null || said.equals(is);
  }

  /** What is wanted, without who wants it. */
  public WantedChange wanted() {
    return new WantedChange(
        kind, expectedKeyId, targetKeyId, networkAccess, vaultResourceId, upgradeTo);
  }
}
