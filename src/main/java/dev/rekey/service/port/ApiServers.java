package dev.rekey.service.port;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API servers of one cluster, behind one address. Every method throws {@link OutsideFault} when
 * it gets no usable answer.
 */
public interface ApiServers extends AutoCloseable {

  /**
   * One page of the Secrets of a namespace, ordered by name: their names only. Metadata would hold
   * their annotations, and an annotation can hold a whole Secret.
   *
   * @param next the token of the page before; null for the first page
   * @param most names on the page, at least 1
   */
  SecretsPage listSecrets(String namespace, @Nullable String next, int most);

  /**
   * The same with a full page, for who needs no more than such a one.
   *
   * @throws OutsideFault with {@code UNDECRYPTABLE} if one of the page's Secrets can't be decrypted
   */
  default Listing<SecretRef> listSecrets(String namespace, @Nullable String next) {
    SecretsPage page = listSecrets(namespace, next, SecretsPage.FULL);
    if (page instanceof SecretsPage.StoppedAt stopped) {
      throw stopped.fault();
    }
    SecretsPage.Names names = (SecretsPage.Names) page;
    return new Listing<>(names.secrets(), names.next());
  }

  /** One page of the names of all namespaces. */
  Listing<String> listNamespaces(@Nullable String next);

  /** The identity leases of the API servers, those of dead ones too. */
  List<ReplicaLease> leases();

  /**
   * Reads {@code /metrics} over a fresh connection, so that another replica may answer than last
   * time.
   */
  ReplicaSample sample();

  /**
   * Sends real empty patches one after another on one fresh connection, with a sample before and
   * after on the same one.
   *
   * @param secrets the Secrets to patch, at least one, at most ten
   */
  Probe probe(List<SecretRef> secrets);

  /** Opens a lane for empty patches that keeps many in flight. */
  PatchLane openLane(PatchMode mode);

  @Override
  void close();
}
